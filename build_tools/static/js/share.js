/* Share and cite; fetched by core once the page stands. Comes in: a section.sharing of the page (or any element with data-share-url, -quote, -asserter, -source). Goes out:
   buttons that copy. Without script nothing is lost: address, references and files stand in the page. */
(function () {
  "use strict";
  var doc = document;

  function textOf(root, selector) {
    var found = root.querySelector(selector);
    return found ? found.textContent.trim() : "";
  }

  /** What is shared: of a claim's own page, or of an element that carries it in data attributes. */
  function factsOf(section) {
    var data = section.dataset;
    var page = section.closest(".claim-page");
    if (!page) {
      return { url: data.shareUrl, quote: data.shareQuote, asserter: data.shareAsserter || "", source: data.shareSource || "", id: data.claim };
    }
    var canonical = doc.querySelector("link[rel=canonical]");
    return {
      id: data.claim,
      url: canonical ? canonical.href : section.querySelector("a.permalink").href,
      quote: textOf(page, "blockquote.claim-quote"),
      asserter: textOf(page, ".claim-facts .asserter"),
      source: textOf(page, ".claim-source").replace(/\s+/g, " "),
    };
  }

  function escaped(text) {
    return text.replace(/[&<>"]/g, function (sign) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign]; });
  }

  function credit(facts) {
    return facts.asserter ? facts.asserter + ", in " + facts.source : facts.source;
  }

  var FORMS = {
    link: function (facts) { return facts.url; },
    quote: function (facts) { return "“" + facts.quote + "” — " + credit(facts) + ". " + facts.url; },
    markdown: function (facts) {
      var words = facts.quote.replace(/[\\`*_{}[\]()#+.!|<>~-]/g, "\\$&").replace(/\s*\n\s*/g, "\n> ");
      return "> " + words + "\n>\n> — " + credit(facts).replace(/[\\`*_[\]<>]/g, "\\$&") + ", [" + facts.id + "](" + facts.url + ")";
    },
    embed: function (facts) {
      return '<blockquote cite="' + escaped(facts.url) + '"><p>' + escaped(facts.quote) + "</p><footer>— " + escaped(credit(facts)) +
        ' (<a href="' + escaped(facts.url) + '">claim ' + escaped(facts.id || "") + "</a>)</footer></blockquote>";
    },
  };
  var LABELS = { link: "Copy link", quote: "Copy quote with source", markdown: "Copy as Markdown", embed: "Copy HTML to embed" };

  function tell(box, words) {
    box.textContent = "";
    setTimeout(function () { box.textContent = words; }, 30);
  }

  /** Copy, or where the browser does not let us, show the words selected so that a key press copies them. */
  function copy(words, box) {
    var done = function () { tell(box, "Copied."); };
    var byHand = function () {
      var field = box.parentNode.querySelector("textarea") || doc.createElement("textarea");
      field.readOnly = true;
      field.setAttribute("aria-label", "Words to copy");
      field.value = words;
      box.before(field);
      field.focus();
      field.select();
      var copied = false;
      try { copied = doc.execCommand("copy"); } catch (refused) { copied = false; }
      if (copied) { field.remove(); done(); } else { tell(box, "Selected: copy it with your keyboard or menu."); }
    };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(words).then(done, byHand); } else { byHand(); }
  }

  function button(label, action) {
    var made = doc.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", function () {
      doc.querySelectorAll(".share-status").forEach(function (box) { box.textContent = ""; });
      action();
    });
    return made;
  }

  function furnish(section) {
    var row = section.querySelector(".share-buttons") || doc.createElement("p");
    var status = doc.createElement("span");
    row.className = "share-buttons";
    status.setAttribute("role", "status");
    status.className = "share-status";
    Object.keys(FORMS).forEach(function (form) {
      row.append(button(LABELS[form], function () { copy(FORMS[form](factsOf(section)), status); }));
    });
    if (navigator.share) {
      row.append(button("Share…", function () {
        var facts = factsOf(section);
        navigator.share({ title: doc.title, text: "“" + facts.quote + "” — " + facts.asserter, url: facts.url }).catch(function () {});
      }));
    }
    row.append(status);
    var heading = section.querySelector("h2");
    if (!row.isConnected && heading) { heading.after(row); } else if (!row.isConnected) { section.append(row); }
    section.querySelectorAll(".cite dd").forEach(function (reference) {
      var words = reference.textContent;
      reference.append(" ", button("Copy", function () { copy(words, status); }));
      reference.lastChild.setAttribute("aria-label", "Copy the reference in " + reference.previousElementSibling.textContent);
    });
    section.querySelectorAll(".cite-files a").forEach(function (link) { single(link, section.dataset.claim, status); });
  }

  /** The files hold the article's other claims too: with script, a press copies this claim's record alone. */
  function single(link, id, status) {
    if (!id || location.protocol === "file:" || !window.fetch) { return; }
    link.after(" ", button("Copy " + link.textContent, function () {
      fetch(link.href).then(function (answer) { return answer.text(); }).then(function (all) { copy(record(link.pathname, all, id), status); })
        .catch(function () { tell(status, "The file could not be read; the link still opens it."); });
    }));
  }

  function record(path, all, id) {
    if (/\.json$/.test(path)) { return JSON.stringify(JSON.parse(all).filter(function (item) { return item.id === id; }), null, 1); }
    if (/\.ris$/.test(path)) {
      return all.split(/ER {2}- \r?\n/).filter(function (one) { return one.indexOf("\nID  - " + id + "\r") > 0; }).join("").trim() + "\r\nER  - \r\n";
    }
    var from = all.indexOf("@misc{" + id + ",");
    return all.slice(from, all.indexOf("\n}\n", from) + 3);
  }

  doc.querySelectorAll("section.sharing[data-claim], [data-share-url]").forEach(furnish);
})();
