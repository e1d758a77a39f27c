// What happens in the browser: the language switch, clicks on what render/ wrote, dropping files.
// Clicks that need the server are passed to a gr.HTML component as an event `page:<component>`.
// The scripts of the tabs follow this one; what they use of it is in `page`.
const page = (() => {
  const root = document.documentElement;
  const KEY = "assistant-language";
  let opener = null; // what opened the evidence: the focus returns there

  const remembered = () => {
    try { return localStorage.getItem(KEY) === "en" ? "en" : "vi"; } catch { return "vi"; }
  };
  const announceWords = (words) => { document.querySelector(".announcer").textContent = words; };
  const tell = (component, type, data) =>
    document.dispatchEvent(new CustomEvent(`page:${component}`, { detail: { type, data } }));

  function showLanguage(language) {
    root.lang = language;
    root.dataset.language = language;
    for (const button of document.querySelectorAll("[data-action=language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    const name = document.querySelector(`.brand h1 .t[lang=${language}]`);
    if (name) document.title = name.textContent;
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
  // Of each tab: the column beside its content, where that begins, the panel that opens documents,
  // and what to do when that has opened one (`opened`) or closed it (`closed`).
  const tabs = {};
  const front = () => tabs[root.dataset.tab] ?? tabs.tab_chat;
  const within = (selector) => document.querySelector(`#${front().evidence} ${selector}`);
  function addTab(name, tab) {
    tabs[name] = tab;
    document.addEventListener(`page:${tab.evidence}-shown`, showEvidence);
    document.addEventListener(`page:${tab.evidence}-page-shown`, () => showOver("page"));
  }

  function toQuote() {
    const mark = within("mark");
    const box = within(".paper");
    if (!box) return;
    const top = mark ? mark.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
    box.scrollTop = mark ? box.scrollTop + top - box.clientHeight / 3 : 0;
  }

  function showEvidence() {
    const sheet = within(".sheet");
    front().opened?.();
    if (!sheet) { root.classList.remove("evidence-open"); return; }
    root.classList.add("evidence-open");
    toQuote();
    if (inDrawer())
      sheet.querySelector("h2").focus({ preventScroll: true });
    if (sheet.dataset.awaits) showOver(sheet.dataset.awaits);
  }

  // What lies over the text of a document is drawn by a panel of its own, of the same column; what
  // is asked for says on the sheet what it awaits, so that what comes too late is not shown.
  function showOver(part) {
    const sheet = within(".sheet");
    if (!sheet || sheet.dataset.awaits !== part) return;
    for (const button of sheet.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    const over = sheet.closest(".source-column").querySelector(`.overlay .${part}-over`);
    if (over?.dataset.document !== sheet.dataset.document) return;
    sheet.dataset.shows = part;
    over.querySelector("h2").focus({ preventScroll: true });
  }
  function showText() {
    const sheet = within(".sheet");
    const part = sheet.dataset.shows;
    sheet.dataset.awaits = "";
    delete sheet.dataset.shows;
    sheet.querySelector(`[data-action^="${part}-"]`)?.focus({ preventScroll: true });
  }

  function closeEvidence() {
    if (!root.classList.contains("evidence-open")) return;
    root.classList.remove("evidence-open");
    tell(front().evidence, "select", {});
    front().closed?.();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  function showSide(open) {
    const toggle = document.querySelector(".side-toggle");
    const wasInside = document.activeElement?.closest(".side");
    root.classList.toggle("side-open", open);
    toggle?.setAttribute("aria-expanded", String(open));
    if (!open && wasInside && inDrawer()) toggle.focus(); // what had it is hidden now
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
    announceWords(
      [...said.querySelectorAll("li"), said].slice(0, -1).map((line) => line.textContent).join(" ")
      || said.textContent);
  }

  // Quoted words get a few lines; a button shows the rest where there is any.
  function offerWhole() {
    const offers = [...document.querySelectorAll(".more")].map((more) => {
      const quote = more.previousElementSibling.querySelector(".quote");
      const whole = more.getAttribute("aria-expanded") === "true";
      return [more, !quote || (!whole && quote.scrollHeight <= quote.clientHeight + 1)];
    });
    for (const [more, hidden] of offers) more.hidden = hidden; // all are measured first
  }

  const inDrawer = () => matchMedia("(max-width: 900px)").matches;

  const actions = {
    "to-content": () => document.querySelector(front().content)?.focus(),
    reword: (button) => {
      const box = document.querySelector("#question textarea");
      if (!box) return;
      box.value = button.dataset.question;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    },
    whole: (button) => {
      const whole = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(whole));
      button.previousElementSibling.classList.toggle("whole", whole);
    },
    pick: (button) => {
      if (inDrawer()) closeEvidence();
      tell("scope", "select", { document: button.dataset.document });
      if (front() === tabs.tab_chat) { actions["to-content"](); return; }
      document.addEventListener("page:tab", () => setTimeout(actions["to-content"]), { once: true });
      document.querySelector("#tab_chat-button").click();
    },
    unpick: (button) => {
      const { filter, value } = button.dataset;
      tell("scope", "click", { filter: number(filter), value: value ?? null });
      actions["to-content"]();
    },
    // What is asked of an upload, and of the choices that its rows offer.
    upload: (button) => {
      const { ask, value } = button.dataset;
      tell(button.closest(".block.uploads").id, ask === "stop" ? "stop" : "select", { ask, value });
    },
    "pick-folder": (button) => button.closest(".upload-hint").querySelector(".folder").click(),
    "close-notice": (button) => { button.closest(".notice").hidden = true; },
    side: () => showSide(!root.classList.contains("side-open")),
    language: (button) => setLanguage(button.dataset.language),
    copy,
    "to-quote": toQuote,
    // The page as it was given: drawn on request, over the text, which stays where it is.
    "page-picture": (button) => {
      const { document: id, start, end } = within(".sheet").dataset;
      within(".sheet").dataset.awaits = "page";
      button.setAttribute("aria-busy", "true");
      tell(`${front().evidence}-page`, "select", {
        document: id, start: number(start), end: number(end), page: number(button.dataset.page),
        asked: Date.now(), // what is asked for twice is told twice
      });
    },
    "show-text": showText,
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
    const button = event.target.closest?.("[data-action]");
    if (button && !button.matches("form")) actions[button.dataset.action]?.(button);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-action=comment]");
    if (!form) return;
    event.preventDefault();
    const comment = form.elements.comment.value.trim();
    if (comment) tell("conversation", "like", { turn: number(form.dataset.turn), rating: "", comment });
  }, true);
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.("g[data-action]");
    if (mark && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      actions[mark.dataset.action](mark);
    }
    const tab = event.target.closest?.("[role=tab]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (tab && step) {
      const all = [...tab.parentElement.querySelectorAll("[role=tab]")];
      const next = all[(all.indexOf(tab) + step + all.length) % all.length];
      next.focus();
      next.click();
    }
    if (event.key !== "Escape" || event.target.closest?.("input, textarea")) return;
    if (root.classList.contains("side-open")) showSide(false);
    else if (within(".sheet[data-shows]")) showText();
    else closeEvidence();
  });
  addTab("tab_chat", { evidence: "evidence", side: "side", content: "#question textarea" });
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

  // The server tells which tab is in front, at times late: the button of a tab is believed at once.
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[role=tab]")?.id.replace(/-button$/, "");
    if (name in tabs) turnTo(name);
  });
  function turnTo(name) {
    if (root.dataset.tab === name) return;
    root.dataset.tab = name;
    showSide(false);
  }
  document.addEventListener("page:tab", (event) => {
    turnTo(event.detail);
    root.classList.toggle("evidence-open", Boolean(within(".sheet")));
    offerWhole();
  });

  // Lines break elsewhere when the window or what stands beside them changes.
  addEventListener("resize", offerWhole);

  // What can't be sent is held back here: a file too large would take long for nothing, and one
  // that can't be read (locked, not allowed, gone) would break off the sending of all.
  const megabytes = (bytes) => `${Math.ceil(bytes / 2 ** 20)} MB`;
  const looked = new WeakSet(); // changes whose files have been looked at
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.("input[type=file]") || !input.files.length || looked.has(event)) return;
    event.stopImmediatePropagation();
    const files = [...input.files];
    if (input.matches(".folder")) { input.value = ""; addFiles(supported(files)); }
    else send(input, files);
  }, true);

  // `failed` are those that could not even be had from their folder.
  async function send(input, files, failed = []) {
    const backup = input.nextElementSibling?.matches(".import"); // many files in one
    const limit = Number(document.querySelector("meta[name=upload-limit]").content)
      * (backup ? 4 : 1);
    // Of one that is gone the size is 0, and an empty part of it is read without a look at the disk.
    const last = await Promise.allSettled(files.map((file) =>
      (file.size ? file.slice(-1) : file).arrayBuffer()));
    const unreadable = [...failed, ...files.flatMap(({ name }, place) =>
      last[place].reason ? { name, error: last[place].reason } : [])];
    const readable = files.filter((_, place) => !last[place].reason);
    const tooLarge = readable.filter((file) => file.size > limit);
    const kept = new DataTransfer();
    for (const file of readable) if (file.size <= limit) kept.items.add(file);
    notify({
      "too-large": tooLarge.map((file) =>
        [`${file.name} (${megabytes(file.size)} > ${megabytes(limit)})`]),
      unreadable: unreadable.map(({ name, error }) => [`${name}: `, reason(error)]),
    });
    showSending(input, kept.files.length > 0);
    input.files = kept.files;
    if (!kept.files.length) return;
    const change = new Event("change", { bubbles: true });
    looked.add(change);
    input.dispatchEvent(change);
  }
  const reason = (error) => document.querySelector(
    `.notice [data-reason=${error.name === "NotFoundError" ? "gone" : "refused"}]`).cloneNode(true);

  // Until the server says how far it is: sending alone may take long, or another batch its turn.
  function showSending(input, sending) {
    const column = input.nextElementSibling?.matches(".upload") ? input.parentElement : null;
    const said = column?.querySelector(".upload-hint .sending");
    if (said) said.hidden = !sending;
  }
  for (const prefix of ["", "board-", "library-"])
    document.addEventListener(`page:${prefix}uploads-shown`, () => {
      const said = document.querySelector(`#${prefix}upload-hint .sending`);
      if (said) said.hidden = true;
    });

  // `held` has lines by what is said above them; nothing is shown for none.
  function notify(held) {
    const notice = document.querySelector(".notice");
    for (const part of notice.querySelectorAll("[data-says]")) {
      const lines = held[part.dataset.says] ?? [];
      part.hidden = !lines.length;
      part.querySelector("ul").replaceChildren(...lines.filter((line) => line.length).map((line) => {
        const item = document.createElement("li");
        item.append(...line);
        return item;
      }));
    }
    notice.hidden = !notice.querySelector("[data-says]:not([hidden])");
  }

  // Of a folder only what can be a document is sent, and no hidden files nor Word's own («~$…»).
  function supported(files) {
    const suffixes = document.querySelector("[data-suffixes]").dataset.suffixes.split(" ");
    return files.filter((file) => !/^(\.|~\$)/.test(file.name)
      && suffixes.some((suffix) => file.name.toLowerCase().endsWith(suffix)));
  }
  const uploadInput = () =>
    document.querySelector(`#${front().upload ?? front().side} input[type=file]:not(.folder)`);
  function addFiles(files, failed = []) {
    const input = uploadInput();
    if (!input) return;
    if (files.length || failed.length) send(input, files, failed);
    else notify({ nothing: [[]] });
  }

  // What is in a dropped folder, and in the folders in it. What can't be had goes to `failed`, and
  // the rest goes on.
  const given = (from, method) => new Promise((done, fail) => from[method](done, fail));
  async function filesIn(entry, failed) {
    const found = [];
    try {
      if (entry.isFile) return [await given(entry, "file")];
      const reader = entry.createReader();
      for (let some; (some = await given(reader, "readEntries")).length;) // a hundred at most
        for (const each of some)
          if (each.isDirectory ? !/^\./.test(each.name) : supported([each]).length)
            found.push(...await filesIn(each, failed));
    } catch (error) {
      failed.push({ name: entry.name, error });
    }
    return found;
  }

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
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const folders = items.map((item) => item.webkitGetAsEntry?.());
    const files = items.map((item) => item.getAsFile()); // can't be asked for later
    const failed = [];
    Promise.all(folders.map((entry, place) =>
      entry?.isDirectory ? filesIn(entry, failed) : files[place] ?? []))
      .then((found) => addFiles(found.flat(), failed));
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

  return {
    actions, addTab, announce: announceWords, inDrawer, offerWhole, root, showOver, showSide, tell,
    within,
    isFront: (name) => root.dataset.tab === name,
    get opener() { return opener; },
    set opener(element) { opener = element; },
  };
})();
