// The library: rows that open, a selection to delete, the form of a document, backing up.
(() => {
  const { actions, addTab, announce, inDrawer, isFront, root, showOver, tell, within } = page;
  const table = () => document.querySelector("#catalogue");
  const opened = () => within(".sheet")?.dataset.document;

  // The row whose document is open is marked.
  function markOpened() {
    for (const row of document.querySelectorAll("#catalogue .entry"))
      if (row.dataset.document === opened()) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
  }
  addTab("tab_library", {
    evidence: "library-evidence", side: "library-side", upload: "library-main",
    content: "#library_words input, #library_words textarea", opened: markOpened, closed: () => setTimeout(markOpened),
  });
  function openEntry(button, id) {
    page.opener = button;
    tell("catalogue", "click", { document: id });
  }

  // The selection: ids of ticked rows, or all that is found, also what is not shown.
  const chosen = new Set();
  let wholeFound = false;
  const boxes = () => [...document.querySelectorAll("#catalogue tbody .pick input")];
  const found = () => Number(document.querySelector("#catalogue .entries")?.dataset.found ?? 0);
  function showChosen() {
    const bar = document.querySelector("#library-chosen .chosen");
    if (!bar) return;
    for (const box of boxes()) box.checked = wholeFound || chosen.has(box.value);
    const all = document.querySelector("#catalogue thead .pick input");
    const ticked = boxes().filter((box) => box.checked).length;
    if (all) {
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && !all.checked;
    }
    const count = wholeFound ? found() : chosen.size;
    bar.hidden = !count;
    bar.querySelector(".count").textContent = count;
    bar.querySelector(".found").textContent = found();
    bar.querySelector(".all").hidden = wholeFound || !all?.checked || found() <= boxes().length;
  }
  function chooseNone() {
    chosen.clear();
    wholeFound = false;
    showChosen();
  }
  function keepFound() { // one row is left out: what is shown stays chosen, what is not does not
    for (const box of boxes()) chosen.add(box.value);
    wholeFound = false;
  }

  Object.assign(actions, {
    catalogue: (button) => {
      const { ask, value } = button.dataset;
      pressed = `[data-ask="${ask}"]` + (value ? `[data-value="${value}"]` : "");
      tell("catalogue", "select", { ask, value: value ?? null });
    },
    "add-samples": () => tell("catalogue", "submit", {}),
    "open-entry": (button) =>
      openEntry(button, button.dataset.document ?? button.closest(".entry").dataset.document),
    "add-documents": () => {
      const button = () => document.querySelector("#library-upload");
      if (isFront("tab_library")) { button().click(); return; }
      document.addEventListener("page:tab", () => setTimeout(() => button()?.focus(), 100), { once: true });
      document.querySelector("#tab_library-button").click();
    },
    select: (box) => {
      if (wholeFound) keepFound();
      if (box.checked) chosen.add(box.value);
      else chosen.delete(box.value);
      showChosen();
    },
    "select-all": (box) => {
      wholeFound = false;
      for (const each of boxes())
        if (box.checked) chosen.add(each.value);
        else chosen.delete(each.value);
      showChosen();
    },
    "choose-found": () => { wholeFound = true; showChosen(); },
    "choose-none": chooseNone,
    "delete-chosen": () => {
      tell("catalogue", "delete",
        { documents: wholeFound ? "found" : [...chosen], open: opened() ?? null });
      chooseNone();
    },
    "delete-open": () => tell("catalogue", "delete",
      { documents: [opened()], open: opened() }),
    removed: (button) => tell("library-removed", "select", { ask: button.dataset.ask }),
    aside: (button) => tell("library-aside", "select",
      { ask: button.dataset.ask, value: button.dataset.value ?? null }),
    original: () => tell("catalogue", "download", { document: opened() }),
    "details-open": () => {
      within(".sheet").dataset.awaits = "details";
      tell("library-details", "select", { document: opened(), asked: Date.now() });
    },
    "as-read": (button) => {
      const control = button.closest("form").elements[button.dataset.field];
      control.value = button.closest(".read").dataset.read;
      showRead(control);
      control.focus();
    },
    "new-version": () => document.querySelector("#library-source input[type=file]").click(),
    export: () => tell("library-transfer", "submit", {}),
    transfer: (button) => tell("library-transfer",
      button.dataset.ask === "stop" ? "stop" : "select", { value: button.dataset.value ?? null }),
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-action=details]");
    if (!form) return;
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    tell("library-details", "submit", { document: opened(), values });
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.closest?.(".details .field")) showRead(event.target);
  });
  // What was read stands beside a value that differs from it, with the way back.
  function showRead(control) {
    const read = control.closest(".field").querySelector(".read");
    const same = control.value === read.dataset.read;
    read.hidden = same && control.value !== "";
    read.querySelector("button").hidden = same;
  }
  // A click anywhere in a row opens it, as its name does.
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#catalogue .entry");
    if (!row || event.target.closest("[data-action], label") || String(getSelection())) return;
    openEntry(row.querySelector(".open"), row.dataset.document);
  });

  let pressed = null;
  let shownLanguage = null;
  document.addEventListener("page:catalogue-shown", () => {
    const more = pressed?.includes('"more"');
    if (!more && shownLanguage === root.lang) table().scrollTop = 0;
    shownLanguage = root.lang;
    const ids = new Set(boxes().map((box) => box.value));
    if (!more && !wholeFound) for (const id of chosen) if (!ids.has(id)) chosen.delete(id);
    showChosen();
    markOpened();
    if (pressed && document.activeElement === document.body)
      [...table().querySelectorAll(pressed)].find((each) => each.checkVisibility())
        ?.focus({ preventScroll: true });
    pressed = null;
    const said = table().querySelector("h2, .said");
    if (isFront("tab_library") && said)
      announce([...said.querySelectorAll(`.t[lang=${root.lang}]`)]
        .map((part) => part.textContent).join(" "));
  });
  document.addEventListener("page:library-details-shown", () => {
    showOver("details");
    const problem = document.querySelector("#library-details .problem");
    problem?.parentElement.querySelector("[aria-invalid]")?.focus();
    problem?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("page:library-removed-shown", () => {
    const undo = document.querySelector("#library-removed .strong");
    if (undo && !inDrawer()) undo.focus({ preventScroll: true });
  });
})();
