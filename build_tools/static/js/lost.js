/* The page for a mistyped address. Comes in: the address, and data/addresses.json. Goes out: the nearest claims, articles, topics as links. */
(function () {
  "use strict";
  var MOST = 5;
  var base = document.currentScript.src.replace(/static\/lost\.js.*$/, "");
  var home = document.querySelector("[data-lost]");
  var rest = plain(location.href.split(/[?#]/)[0].slice(base.length));
  var parts = rest.split("/").filter(Boolean);
  var hash = plain(location.hash.slice(1));

  function plain(words) {
    try { return decodeURIComponent(words).toLowerCase(); } catch (malformed) { return words.toLowerCase(); }
  }

  /** Edits that turn one word into another; words are cut so that the time is bounded. */
  function distance(one, other) {
    one = one.slice(0, 80); other = other.slice(0, 80);
    var row = Array.from({ length: other.length + 1 }, function (_, i) { return i; });
    for (var i = 1; i <= one.length; i++) {
      var corner = row[0];
      row[0] = i;
      for (var j = 1; j <= other.length; j++) {
        var up = row[j];
        row[j] = Math.min(up + 1, row[j - 1] + 1, corner + (one[i - 1] === other[j - 1] ? 0 : 1));
        corner = up;
      }
    }
    return row[other.length];
  }

  /** Crockford's base 32 reads o as 0, i and l as 1: so do people who copy an id by hand. */
  function code(word) { return word.replace(/[^a-z0-9]/g, "").replace(/o/g, "0").replace(/[il]/g, "1").replace(/u/g, "v"); }

  function candidates(data) {
    var found = [];
    var last = parts[parts.length - 1] || "";
    [last, hash].filter(Boolean).forEach(function (word) {
      var id = code(word);
      if (/^c[0-9a-z]{4,9}$/.test(id)) {
        Object.keys(data.claims).forEach(function (article) {
          data.claims[article].split(" ").forEach(function (claim) {
            if (claim && Math.abs(claim.length - id.length) < 3) {
              add(claim, distance(id, claim) * 3 / 2, "claims/" + claim + "/", "Claim " + claim + ", in " + data.articles[article]);
            }
          });
        });
        Object.keys(data.retired).forEach(function (claim) {
          add(claim, distance(id, claim) * 3 / 2, "claims/" + claim + "/", "Claim " + claim + ", no longer in " + data.retired[claim]);
        });
      }
    });
    var word = parts.filter(function (part) { return !/^(articles?|claims?|topics?|entit(y|ies)|index\.html)$/.test(part); })
      .join("-").replace(/[^a-z0-9]+/g, "-");
    if (word) {
      ["articles", "topics", "entities"].forEach(function (folder) {
        Object.keys(data[folder]).forEach(function (slug) {
          var cut = word.length > 3 && slug.indexOf(word) === 0;
          var near = cut ? 1 : distance(word, slug) * 8 / Math.max(word.length, slug.length, 8);
          add(slug, near, folder + "/" + slug + "/" + (folder === "articles" ? location.hash : ""), data[folder][slug]);
        });
      });
      Object.keys(data.old).forEach(function (slug) {
        add(slug, distance(word, slug) * 8 / Math.max(word.length, 8), "articles/" + data.old[slug] + "/", data.articles[data.old[slug]]);
      });
    }
    return found;

    function add(slug, far, address, label) { if (far <= 4) { found.push({ far: far, address: address, label: label }); } }
  }

  function show(found) {
    if (!found.length) { return; }
    var heading = document.createElement("h2");
    var list = document.createElement("ul");
    heading.textContent = "Did you mean";
    found.sort(function (a, b) { return a.far - b.far || (a.address < b.address ? -1 : 1); }).slice(0, MOST).forEach(function (one) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = base + one.address;
      link.textContent = one.label;
      item.append(link);
      list.append(item);
    });
    home.querySelector("h1").after(heading, list);
  }

  fetch(base + "data/addresses.json").then(function (answer) { return answer.json(); }).then(function (data) { show(candidates(data)); }).catch(function () {});
})();
