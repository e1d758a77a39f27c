// What happens in the browser: the language switch, clicks on what render.py wrote, dropping files.
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
    if (matchMedia("(max-width: 900px)").matches)
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

  const actions = {
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
    if (!last) return;
    if (box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible")
      box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - 16;
    else last.scrollIntoView({ block: "nearest" });
  });

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
    // The labels of Gradio's own components come from the server, which answers for the first time
  // with the status line: then it can be told what was remembered.
  document.addEventListener("page:status-shown", () => {
    if (remembered() === "en") setLanguage("en");
  }, { once: true });

  showLanguage(remembered());
  }).observe(root, { childList: true, subtree: true });
})();
