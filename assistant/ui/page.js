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
  const inBoard = () => root.dataset.tab === "tab_board";
  // The panel of the tab in front that opens documents.
  const evidence = () => (inBoard() ? "board-evidence" : "evidence");
  const within = (selector) => document.querySelector(`#${evidence()} ${selector}`);

  function toQuote() {
    const mark = within("mark");
    const box = within(".paper");
    if (!box) return;
    const top = mark ? mark.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
    box.scrollTop = mark ? box.scrollTop + top - box.clientHeight / 3 : 0;
  }

  function showEvidence() {
    const sheet = within(".sheet");
    if (inBoard()) keepPlace();
    if (!sheet) return;
    root.classList.add("evidence-open");
    toQuote();
    if (inDrawer())
      sheet.querySelector("h2").focus({ preventScroll: true });
  }

  function closeEvidence() {
    if (!root.classList.contains("evidence-open")) return;
    root.classList.remove("evidence-open");
    tell(evidence(), "select", {});
    if (inBoard()) {
      const row = document.querySelector("#board .duty[aria-current]");
      if (row) holdPlace(row);
      if (row && !opener?.isConnected) opener = row.querySelector(".open") ?? row; // drawn anew
      markOpened(null);
    }
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  // The row whose words are open is marked, and stays where it is while the panel takes its room.
  let openedDuty = null;
  let place = null;
  function markOpened(duty) {
    openedDuty = duty;
    for (const row of document.querySelectorAll("#board .duty"))
      if (row.dataset.duty === duty) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
  }
  function openDuty(row) {
    opener = row.querySelector(".open") ?? row;
    holdPlace(row);
    markOpened(row.dataset.duty);
    tell("board", "click", { duty: row.dataset.duty });
  }
  const holdPlace = (row) => { place = { row, top: row.getBoundingClientRect().top }; };
  function keepPlace() {
    const { row, top } = place ?? {};
    place = null;
    if (!row?.isConnected) return;
    const box = row.closest(".timeline") ?? document.querySelector("#board");
    box.scrollTop += row.getBoundingClientRect().top - top;
    if (box.matches(".timeline")) row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function showSide(open) {
    const toggle = document.querySelector(".side-toggle");
    const wasInside = document.activeElement?.closest("#side, #board-side");
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
    document.querySelector(".announcer").textContent =
      [...said.querySelectorAll("li"), said].slice(0, -1).map((line) => line.textContent).join(" ")
      || said.textContent;
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
    "to-content": () => document.querySelector(
      inBoard() ? "#board h2" : "#question textarea")?.focus(),
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
      if (!inBoard()) { actions["to-content"](); return; }
      document.addEventListener("page:tab", () => setTimeout(actions["to-content"]), { once: true });
      document.querySelector("#tab_chat-button").click();
    },
    unpick: (button) => {
      const { filter, value } = button.dataset;
      tell("scope", "click", { filter: number(filter), value: value ?? null });
      actions["to-content"]();
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
    duty: (button) => openDuty(button.closest(".duty")),
    ask: (button) => {
      const { ask, value } = button.dataset;
      pressed = `[data-ask="${ask}"]` + (value ? `[data-value="${value}"]` : "");
      tell("board", "select", { ask, value: value ?? null });
    },
    download: (button) => tell("board", "submit", { value: button.dataset.value }),
    "to-marks": (button) => button.closest("li").querySelector(".sign, .bar")
      ?.scrollIntoView({ block: "nearest", inline: "center" }),
    "to-coming": () => document.querySelector("#board tbody.past + tbody")
      ?.scrollIntoView({ block: "start" }),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-action]");
    const row = event.target.closest?.("#board tr.duty");
    if (button && !button.matches("form")) actions[button.dataset.action]?.(button);
    else if (row && !String(getSelection())) openDuty(row);
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
    else closeEvidence();
  });
  document.addEventListener("page:evidence-shown", showEvidence);
  document.addEventListener("page:board-evidence-shown", showEvidence);
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

  // The months are scrolled only where the chosen day is not among the first that are in view.
  function showChosenDay(timeline) {
    const line = timeline?.querySelector("line.on");
    timeline?.scrollTo(0, 0); // Gradio gives back what was scrolled of other rows
    if (!line) return;
    const left = line.getBoundingClientRect().left - timeline.getBoundingClientRect().left;
    if (left > timeline.clientWidth * 2 / 3) timeline.scrollLeft = left - timeline.clientWidth / 3;
  }

  // The board. A button that was pressed is drawn anew with what it asked for: it keeps the focus.
  let pressed = null;
  const settle = (panel) => {
    if (!pressed || document.activeElement !== document.body) return;
    document.querySelector(`#${panel} ${pressed}`)?.focus({ preventScroll: true });
  };
  let boardLanguage = null;
  document.addEventListener("page:periods-shown", () => settle("periods"));
  document.addEventListener("page:board-shown", () => {
    const board = document.querySelector("#board");
    const same = pressed?.includes("=\"more\"") || boardLanguage !== root.lang;
    if (!same) { // other rows are read from the first
      board.scrollTop = 0;
      showChosenDay(board.querySelector(".timeline"));
    }
    boardLanguage = root.lang;
    settle("board");
    pressed = null;
    offerWhole();
    markOpened(openedDuty);
    const said = board.querySelector("h2, .said");
    if (inBoard() && said) document.querySelector(".announcer").textContent =
      [...said.querySelectorAll(`.t[lang=${root.lang}]`)].map((part) => part.textContent).join(" ");
  });
  document.addEventListener("page:problems-shown", () => {
    const wrong = [...document.querySelectorAll("#problems [data-field]")]
      .map((problem) => `board_${problem.dataset.field}`);
    for (const input of document.querySelectorAll("#board-side .box input"))
      input.setAttribute("aria-invalid", String(wrong.includes(input.closest(".box").id)));
  });
  document.addEventListener("page:tab", (event) => {
    root.dataset.tab = event.detail;
    showSide(false);
    root.classList.toggle("evidence-open", Boolean(within(".sheet")));
    offerWhole();
  });

  // Lines break elsewhere when the window or what stands beside them changes.
  const widths = new ResizeObserver(offerWhole);
  document.addEventListener("page:board-shown",
    () => widths.observe(document.querySelector("#board")), { once: true });
  addEventListener("resize", offerWhole);

  // Files too large for the library are held back here: sending them would take long for nothing.
  const UPLOADS = ":is(#side, #board-side) input[type=file]";
  const megabytes = (bytes) => `${Math.ceil(bytes / 2 ** 20)} MB`;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.(UPLOADS) || !input.files.length) return;
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
    const input = document.querySelector(`#${inBoard() ? "board-side" : "side"} input[type=file]`);
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
