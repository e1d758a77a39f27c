// The board of deadlines: rows that open their words, buttons that keep the focus, the timeline.
(() => {
  const { actions, addTab, announce, isFront, offerWhole, root, tell } = page;

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
    page.opener = row.querySelector(".open") ?? row;
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

  function closed() {
    const row = document.querySelector("#board .duty[aria-current]");
    if (row) holdPlace(row);
    if (row && !page.opener?.isConnected) page.opener = row.querySelector(".open") ?? row; // drawn anew
    markOpened(null);
  }
  addTab("tab_board", {
    evidence: "board-evidence", side: "board-side", content: "#board h2", opened: keepPlace, closed,
  });

  Object.assign(actions, {
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
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#board tr.duty");
    if (row && !event.target.closest("[data-action]") && !String(getSelection())) openDuty(row);
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
  const settle = () => {
    if (!pressed || document.activeElement !== document.body) return;
    document.querySelector(`#board ${pressed}`)?.focus({ preventScroll: true });
  };
  // The period of the rows is told with them: two answers that meet in the page never part the two,
  // and no button is drawn anew under a finger.
  function pressPeriod({ period }) {
    for (const button of document.querySelectorAll("#periods [data-value]"))
      button.setAttribute("aria-pressed", String(button.dataset.value === period));
  }
  let boardLanguage = null;
  document.addEventListener("page:board-shown", () => {
    const board = document.querySelector("#board");
    const same = pressed?.includes("=\"more\"") || boardLanguage !== root.lang;
    if (!same) { // other rows are read from the first
      board.scrollTop = 0;
      showChosenDay(board.querySelector(".timeline"));
    }
    boardLanguage = root.lang;
    settle();
    pressPeriod(board.querySelector("[data-period]").dataset);
    pressed = null;
    offerWhole();
    markOpened(openedDuty);
    const said = board.querySelector("h2, .said");
    if (isFront("tab_board") && said)
      announce([...said.querySelectorAll(`.t[lang=${root.lang}]`)]
        .map((part) => part.textContent).join(" "));
  });
  document.addEventListener("page:problems-shown", () => {
    const wrong = [...document.querySelectorAll("#problems [data-field]")]
      .map((problem) => `board_${problem.dataset.field}`);
    for (const input of document.querySelectorAll("#board-side .box input"))
      input.setAttribute("aria-invalid", String(wrong.includes(input.closest(".box").id)));
  });

  // Lines break elsewhere when what stands beside them changes.
  const widths = new ResizeObserver(offerWhole);
  document.addEventListener("page:board-shown",
    () => widths.observe(document.querySelector("#board")), { once: true });
})();
