// The tab of study packs: lines changed where they stand, a quiz, files, the way around a pack.
(() => {
  const { actions, addTab, announce, isFront, root, tell } = page;
  const panel = () => document.querySelector("#study");
  let pressed = null; // what to give the focus back to when it is drawn anew
  // While what was asked for is on its way, or a part is being made, nothing else is asked.
  let busy = false;
  let sent = []; // what was being typed, until it is drawn as it was kept or refused
  let next = null; // what is to be done when that is kept
  const isMaking = () => Boolean(document.querySelector("#study-notice .pending"));
  const isBusy = () => busy || isMaking();

  addTab("tab_study", {
    evidence: "study-evidence", side: "study-side", content: "#study h2", opened: keepPlace, closed,
  });

  // The line whose words are open stays where it is while the panel takes its room.
  let place = null;
  const hold = (button) => { place = { button, top: button.getBoundingClientRect().top }; };
  function keepPlace() {
    const { button, top } = place ?? {};
    place = null;
    if (button?.isConnected) panel().scrollTop += button.getBoundingClientRect().top - top;
  }
  function mark(number) {
    for (const button of document.querySelectorAll("#study [data-action=study-cite]"))
      if (number && button.dataset.number === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
  }
  function closed() {
    const button = document.querySelector("#study [data-action=study-cite][aria-current]");
    if (button) hold(button);
    if (button && !page.opener?.isConnected) page.opener = button;
    mark(null);
    setTimeout(keepPlace, 300); // the panel goes when the server has answered
  }
  function cite(button, data) {
    page.opener = button;
    hold(button);
    mark(data.number === null ? null : String(data.number));
    tell("study", "click", data);
  }

  // What is being typed goes along with whatever else is asked: drawing anew would lose it.
  function drafts(but = null) {
    return [...document.querySelectorAll("#study :is(.line-form, .name-form)")]
      .filter((form) => form !== but)
      .filter((form) => typed(form) !== before(form));
  }
  const control = (form) => form.querySelector("textarea, input");
  const typed = (form) => control(form).value;
  function before(form) {
    const shown = form.previousElementSibling;
    if (form.matches(".line-form")) return shown.matches(".empty") ? "" : shown.textContent;
    return form.closest(".renaming").querySelector(".pack-name .name").textContent;
  }
  function send(type, data, form = null) {
    if (isBusy()) return;
    busy = true;
    next = null;
    keepStand();
    sent = drafts(form);
    const also = sent.map((each) => {
      const { at, id } = each.dataset;
      return { ...(at === undefined ? { id } : { at }), value: typed(each) };
    });
    tell("study", type, { ...data, drafts: also });
    setTimeout(() => { busy = false; }, 4000); // an answer that changes nothing draws nothing
  }
  function ask({ ask: asked, id = null, at = null, value = null, part = null }, form = null) {
    send("select", { ask: asked, id, at, value, part }, form); // what is undefined is not sent
  }
  const again = (button) => [...button.attributes]
    .filter((each) => each.name.startsWith("data-"))
    .map((each) => `[${each.name}="${CSS.escape(each.value)}"]`).join("");

  Object.assign(actions, {
    study: (button) => {
      const { ask: asked, id, at, value, part } = button.dataset;
      pressed = again(button);
      if (asked === "rename") { rename(button, id); return; }
      if (asked === "mode") remember();
      ask({ ask: asked, id, at, value, part });
    },
    "study-line-tool": (button) => {
      const { at } = button.parentElement.dataset;
      pressed = `[data-at="${at}"] > [data-ask="${button.dataset.ask}"]`;
      ask({ ask: button.dataset.ask, at });
    },
    "study-cite": (button) => cite(button, { number: Number(button.dataset.number), document: null }),
    "study-document": (button) =>
      cite(button, { number: null, document: button.dataset.document }),
    "study-download": (button) => {
      button.closest("details")?.removeAttribute("open");
      tell("study", "submit", { value: button.dataset.value });
    },
    "study-again": (button) => {
      pressed = again(button);
      send("retry", { part: button.dataset.part });
    },
    "study-reword": () => send("play", {}),
    "study-stop": (button) => tell("study-notice", "stop", { token: button.dataset.token }),
    "study-to": (button) => {
      const heading = document.querySelector(`#study-part-${button.dataset.part} h3`);
      heading?.closest(".part").scrollIntoView({ block: "start" });
      heading?.focus({ preventScroll: true });
    },
    "study-edit": openLine,
    "study-cancel": (button) => close(button.closest("form")),
    "study-order": (button) => {
      const row = button.closest("li");
      const isUp = button.dataset.way === "up";
      const next = () => isUp ? row.previousElementSibling : row.nextElementSibling;
      if (!next()) return;
      if (isUp) next().before(row); else next().after(row);
      // At an end there is no going on: the focus goes to the way back.
      row.querySelector(`[data-way=${Boolean(next()) === isUp ? "up" : "down"}]`).focus();
      const at = [...row.parentElement.children].indexOf(row) + 1;
      announce(`${at}. ${row.querySelector(".event").textContent}`);
    },
  });

  // A line is changed in its place; its words are on the page, so nothing is asked before.
  function openLine(button) {
    if (isMaking()) return; // what is made is drawn over what would be typed
    const form = document.querySelector("#study-line-form").content.firstElementChild.cloneNode(true);
    const area = form.querySelector("textarea");
    area.value = button.matches(".empty") ? "" : button.textContent;
    form.dataset.at = button.dataset.at;
    button.hidden = true;
    button.after(form);
    fit(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }
  function close(form) {
    const row = form.closest(".renaming");
    const button = row?.querySelector("[data-ask=rename]") ?? form.previousElementSibling;
    form.remove();
    row?.classList.remove("renaming");
    button.hidden = false;
    button.focus();
  }
  function fit(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }
  function rename(button, id) {
    const row = button.closest("li, .pack-head");
    if (row.matches(".renaming")) return;
    const form = document.querySelector("#study-name-form").content.firstElementChild.cloneNode(true);
    form.dataset.id = id;
    const box = form.querySelector("input");
    box.value = row.querySelector(".pack-name .name").textContent;
    row.querySelector(".pack-name").after(form);
    row.classList.add("renaming");
    box.select();
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("#study textarea")) fit(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.("#study .editable") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      openLine(event.target);
    }
    const form = event.target.closest?.("#study .line-form, #study .name-form");
    if (!form) return;
    const isAnswer = /^cards.*answer$/.test(form.dataset.at); // which may have several lines
    if (event.key === "Escape") {
      event.stopPropagation();
      close(form);
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("textarea")
      && (event.ctrlKey || event.metaKey || (!event.shiftKey && !isAnswer))) {
      event.preventDefault();
      form.requestSubmit();
    }
  }, true);
  const submits = {
    "study-line": (form) => {
      pressed = `[data-action="study-edit"][data-at="${form.dataset.at}"]`;
      ask({ ask: "edit", at: form.dataset.at, value: typed(form) }, form);
    },
    "study-name": (form) => {
      pressed = `[data-ask="rename"][data-id="${form.dataset.id}"]`;
      ask({ ask: "rename", id: form.dataset.id, value: typed(form) }, form);
    },
    "study-answer": (form) => {
      const rows = form.querySelectorAll(".to-order > li");
      const radios = form.querySelectorAll("input[type=radio]");
      const value = rows.length ? [...rows].map((row) => row.dataset.value)
        : radios.length ? [form.querySelector("input:checked")?.value ?? ""]
          : [...form.querySelectorAll("select")].map((select) => select.value);
      const isGiven = value.some((each) => each !== "");
      form.querySelector(".incomplete").hidden = isGiven;
      if (isGiven) ask({ ask: "answer", value });
    },
  };
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("#study form[data-action]");
    if (!form) return;
    event.preventDefault();
    submits[form.dataset.action]?.(form);
  }, true);

  // Parts out of sight are not laid out: what is drawn anew is told how high they were, so that
  // the line in hand stays where it is.
  let stand = null;
  function keepStand() {
    const heights = [...document.querySelectorAll("#study .part")]
      .map((part) => [part.id, part.getBoundingClientRect().height]);
    stand = { top: panel().scrollTop, heights: new Map(heights) };
  }
  function standAgain() {
    for (const part of document.querySelectorAll("#study .part")) {
      const height = stand?.heights.get(part.id);
      if (height) part.style.containIntrinsicHeight = `auto ${height}px`;
    }
    if (stand) panel().scrollTop = stand.top;
    stand = null;
  }

  // To read and to change a pack takes different room: the same part stays at the top.
  let reading = null;
  function remember() {
    const top = panel().getBoundingClientRect().top;
    const boxes = [...document.querySelectorAll("#study .part")]
      .map((part) => [part.id, part.getBoundingClientRect()]);
    const [id, box] = boxes.findLast(([, each]) => each.top <= top + 120) ?? [];
    reading = box && { id, share: (top - box.top) / box.height };
  }
  function readOn() {
    const box = reading && document.getElementById(reading.id)?.getBoundingClientRect();
    if (box) panel().scrollTop +=
      box.top + reading.share * box.height - panel().getBoundingClientRect().top;
    reading = null;
  }

  // What is drawn anew keeps its place and the focus; another view is read from the first.
  let view = null;
  let making = false; // from the press of the button until a pack is shown
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#study-make");
    if (!button) return;
    if (drafts().length) { // Gradio's button sends the form alone
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isBusy()) return;
      ask({ ask: "keep" });
      next = () => button.click();
      return;
    }
    making = true;
  }, true);
  document.addEventListener("page:study-shown", () => {
    const box = panel();
    const section = box.querySelector("[data-view]");
    busy = false;
    if (root.classList.contains("side-open") && isFront("tab_study") && section?.matches(".alone"))
      actions.side(); // what is being made stands under the drawer
    sent = [];
    const isOther = section?.dataset.view !== view;
    view = section?.dataset.view;
    if (isOther) {
      box.scrollTop = 0;
      stand = null;
      // Nor may the answer to one question be that to the next, where this was passed over.
      for (const form of box.querySelectorAll(".answer-form")) {
        form.reset();
        form.querySelector(".incomplete").hidden = true;
      }
    }
    else { standAgain(); readOn(); }
    if (!isFront("tab_study") || !section) return;
    const at = section.dataset.focus && `[data-at="${CSS.escape(section.dataset.focus)}"]`;
    const kind = at && pressed?.match(/\[data-ask="(\w+)"\]/)?.[1];
    const target = (kind && box.querySelector(`${at} > [data-ask="${kind}"]`))
      || (at && box.querySelector(at)) || (pressed && box.querySelector(pressed));
    const isMade = making && section.matches(".pack");
    // Gradio keeps what is the same in both: the button in hand may be that of another line now.
    const focused = document.activeElement;
    const isLost = isMade || !focused || focused === document.body || (at && box.contains(focused));
    making &&= section.matches(".alone");
    if (isOther && isLost) box.querySelector("h2[tabindex]")?.focus({ preventScroll: true });
    else if (isLost) target?.focus({ preventScroll: true });
    if (isOther || section.matches(".alone")) pressed = isOther ? null : pressed;
    else if (at) target?.scrollIntoView({ block: "nearest" });
    next?.();
    next = null;
    const said = box.querySelector(".worth, .alone .said");
    if (said) announce(said.querySelector(`.t[lang=${root.lang}]`)?.textContent ?? "");
  });
  document.addEventListener("page:study-notice-shown", () => {
    const toast = document.querySelector("#study-notice .toast");
    busy = false;
    for (const form of document.querySelectorAll("#study :is(.line-form, .name-form)"))
      control(form).readOnly = isMaking();
    if (sent.length && !document.activeElement?.closest(".line-form, .name-form"))
      control(sent[0]).focus(); // it can't stand
    sent = [];
    const seconds = { brief: 7, longer: 20 }[toast?.dataset.stays];
    const shown = toast?.outerHTML;
    if (seconds && !toast.matches(".pending"))
      setTimeout(() => { if (toast.outerHTML === shown) toast.classList.add("over"); }, seconds * 1000);
    if (toast && isFront("tab_study"))
      announce(toast.querySelector(`.t[lang=${root.lang}]`)?.textContent ?? "");
  });
  document.addEventListener("page:study-problems-shown", () => {
    const wrong = [...document.querySelectorAll("#study-problems [data-field]")]
      .map((problem) => `study_${problem.dataset.field}`);
    for (const input of document.querySelectorAll("#study-side :is(.box, .pick) input"))
      input.setAttribute("aria-invalid", String(wrong.includes(input.closest(".box, .pick").id)));
  });

  // A menu closes when something else is clicked or has the focus, and by Escape.
  const closeMenus = (event) => {
    for (const menu of document.querySelectorAll("#study details.menu[open]"))
      if (!menu.contains(event.target)) menu.removeAttribute("open");
  };
  document.addEventListener("click", closeMenus);
  document.addEventListener("focusin", closeMenus);
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("#study details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    event.stopPropagation();
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }, true);
})();
