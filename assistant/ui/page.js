// What happens in the browser: the language switch, clicks on what render/ wrote, dropping files.
// Clicks that need the server are passed to a gr.HTML component as an event `page:<component>`.
(() => {
  const root = document.documentElement;
  const KEY = "assistant-language";
  let opener = null; // what opened the evidence: the focus returns there

  const remembered = () => {
    try { return localStorage.getItem(KEY) === "en" ? "en" : "vi"; } catch { return "vi"; }
  };
  const tell = (component, type, data) =>
    document.dispatchEvent(new CustomEvent(`page:${component}`, { detail: { type, data } }));

  function showLanguage(language) {
    root.lang = language;
    root.dataset.language = language;
    for (const button of document.querySelectorAll("[data-action=language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    document.title = language === "en" ? "Plan Assistant" : "Trợ lý Kế hoạch";
  }

  function setLanguage(language) {
    try { localStorage.setItem(KEY, language); } catch { /* private window: not remembered */ }
    showLanguage(language);
    tell("header", "select", { language });
  }

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard outside https and localhost
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1600);
  }

  const number = (value) => (value === undefined ? null : Number(value));
  const paper = () => document.querySelector("#evidence .paper");

  function toQuote() {
    const mark = document.querySelector("#evidence mark");
    const box = paper();
    if (!box) return;
    const top = mark ? mark.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
    box.scrollTop = mark ? box.scrollTop + top - box.clientHeight / 3 : 0;
  }

  function showEvidence() {
    const sheet = document.querySelector("#evidence .sheet");
    if (!sheet) return;
    root.classList.add("evidence-open");
    toQuote();
    if (inDrawer())
      sheet.querySelector("h2").focus({ preventScroll: true });
  }

  function closeEvidence() {
    if (!root.classList.contains("evidence-open")) return;
    root.classList.remove("evidence-open");
    tell("evidence", "select", {});
    if (opener?.isConnected) opener.focus();
  }

  function showSide(open) {
    root.classList.toggle("side-open", open);
    document.querySelector(".side-toggle")?.setAttribute("aria-expanded", String(open));
  }

  // What a screen reader hears: the words of an answer once it is whole, without its buttons.
  let announced = "";
  function announce(turn, place) {
    const said = turn.querySelector(".said")?.cloneNode(true);
    const state = `${place} ${turn.dataset.state}`;
    if (!said || turn.dataset.state === "answering" || state === announced) return;
    announced = state;
    for (const part of said.querySelectorAll("button, .t"))
      if (part.matches("button") || part.lang !== root.lang) part.remove();
    document.querySelector(".announcer").textContent =
      [...said.querySelectorAll("li"), said].slice(0, -1).map((line) => line.textContent).join(" ")
      || said.textContent;
  }

  // Quoted words get a few lines; a button shows the rest where there is any.
  function offerWhole() {
    for (const more of document.querySelectorAll(".source + .more")) {
      const quote = more.previousElementSibling.querySelector(".quote");
      const whole = more.getAttribute("aria-expanded") === "true";
      more.hidden = !quote || (!whole && quote.scrollHeight <= quote.clientHeight + 1);
    }
  }

  const inDrawer = () => matchMedia("(max-width: 900px)").matches;

  const actions = {
    "to-question": () => document.querySelector("#question textarea")?.focus(),
    whole: (button) => {
      const whole = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(whole));
      button.previousElementSibling.classList.toggle("whole", whole);
    },
    pick: (button) => {
      tell("scope", "select", { document: button.dataset.document });
      if (inDrawer()) closeEvidence();
      actions["to-question"]();
    },
    unpick: (button) => {
      const { filter, value } = button.dataset;
      tell("scope", "click", { filter: number(filter), value: value ?? null });
      actions["to-question"]();
    },
    "close-notice": (button) => { button.closest(".notice").hidden = true; },
    side: () => showSide(!root.classList.contains("side-open")),
    language: (button) => setLanguage(button.dataset.language),
    copy,
    "to-quote": toQuote,
    "close-evidence": closeEvidence,
    example: (button) => tell("conversation", "submit", { question: button.dataset.question }),
    cite: (button) => {
      opener = button;
      const { turn, citation, passage } = button.dataset;
      tell("conversation", "click",
        { turn: number(turn), citation: number(citation), passage: number(passage) });
    },
    open: (button) => {
      opener = button;
      showSide(false);
      tell("documents", "click", { document: button.dataset.document });
    },
    rate: (button) => tell("conversation", "like",
      { turn: number(button.dataset.turn), rating: button.dataset.rating, comment: "" }),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-action]");
    if (button) actions[button.dataset.action]?.(button);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-action=comment]");
    if (!form) return;
    event.preventDefault();
    const comment = form.elements.comment.value.trim();
    if (comment) tell("conversation", "like", { turn: number(form.dataset.turn), rating: "", comment });
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target.closest?.("input, textarea")) return;
    if (root.classList.contains("side-open")) showSide(false);
    else closeEvidence();
  });
  document.addEventListener("page:evidence-shown", showEvidence);
  document.addEventListener("page:conversation-shown", () => {
    const box = document.querySelector("#conversation");
    const turns = box?.querySelectorAll(".turn");
    const last = turns?.[turns.length - 1];
    offerWhole();
    if (!last) { announced = ""; return; }
    announce(last, turns.length);
    if (box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible")
      box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - 16;
    else last.scrollIntoView({ block: "nearest" });
  });

  addEventListener("resize", offerWhole);

  // Files too large for the library are held back here: sending them would take long for nothing.
  const megabytes = (bytes) => `${Math.ceil(bytes / 2 ** 20)} MB`;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.("#side input[type=file]") || !input.files.length) return;
    const limit = Number(document.querySelector("meta[name=upload-limit]").content);
    const tooLarge = [...input.files].filter((file) => file.size > limit);
    const notice = document.querySelector(".notice");
    notice.hidden = !tooLarge.length;
    if (!tooLarge.length) return;
    notice.querySelector("ul").replaceChildren(...tooLarge.map((file) =>
      Object.assign(document.createElement("li"),
        { textContent: `${file.name} (${megabytes(file.size)} > ${megabytes(limit)})` })));
    const kept = new DataTransfer();
    for (const file of input.files) if (!tooLarge.includes(file)) kept.items.add(file);
    input.files = kept.files;
    if (!kept.files.length) event.stopImmediatePropagation();
  }, true);

  // Files dropped anywhere are handed to the upload button, so that they take the same way in.
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  const dragging = (change) => {
    depth = Math.max(0, depth + change);
    root.classList.toggle("dropping", depth > 0);
  };
  addEventListener("dragenter", (event) => hasFiles(event) && dragging(1));
  addEventListener("dragleave", (event) => hasFiles(event) && dragging(-1));
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    dragging(-depth);
    const input = document.querySelector("#side input[type=file]");
    if (!input || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // The labels of Gradio's own components come from the server, which answers for the first time
  // with the status line: then it can be told what was remembered.
  document.addEventListener("page:status-shown", () => {
    if (remembered() === "en") setLanguage("en");
  }, { once: true });

  showLanguage(remembered());
  // The switch is drawn by Gradio after this runs: its buttons are marked when they appear.
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-action=language]")) return;
    observer.disconnect();
    showLanguage(root.dataset.language);
  }).observe(root, { childList: true, subtree: true });
})();
