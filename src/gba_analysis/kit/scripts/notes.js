// The note on a number, which the style sheet shows by itself, is put inside the window, stays while the pointer is on it,
// and goes with Escape (WCAG 1.4.13). The page is complete without this script.
// No ampersand and no less-than sign in here: the page can be read as XML.
"use strict";

(function () {
  // The least room between a note and the window, in pixels; how long a note waits for the pointer, in milliseconds.
  const EDGE = 8, PATIENCE = 200;
  const NOTED = "a.num[data-trace]";
  // Printed figures are Chinese on an English page, names of newspapers English on a Chinese one.
  const FOREIGN = document.documentElement.lang === "en"
    ? { lang: "zh-Hans", run: /([\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)/ }
    : { lang: "en", run: /([A-Za-z]+(?:[ ’'-]+\(?[A-Za-z]+\)?)+|[A-Z][a-z]{3,})/ };
  const main = document.querySelector("main");
  const note = document.createElement("div");
  let owner = null, dismissed = null, leaving = 0;

  function write(text) {
    note.replaceChildren(...text.split(FOREIGN.run).map((part, index) => {
      const run = document.createElement("span");
      if (index % 2) run.lang = FOREIGN.lang;
      run.append(part);
      return run;
    }));
  }

  function place() {
    const frame = main.getBoundingClientRect(), box = owner.getBoundingClientRect();
    const room = document.documentElement.clientWidth - note.offsetWidth - EDGE;
    const above = box.bottom + note.offsetHeight > innerHeight ? box.top > note.offsetHeight : false;
    note.style.left = Math.max(EDGE, Math.min(box.left, room)) - frame.left + "px";
    note.style.top = (above ? box.top - note.offsetHeight : box.bottom) - frame.top + "px";
  }

  function hide() {
    owner?.removeAttribute("aria-describedby");
    [owner, note.hidden] = [null, true];
  }

  function leave() {
    hide();
    dismissed = null;
  }

  function show(link) {
    clearTimeout(leaving);
    if (link === owner || link === dismissed) return;
    leave();
    owner = link;
    write(link.dataset.trace);
    note.hidden = false;
    link.setAttribute("aria-describedby", note.id);
    place();
  }

  document.addEventListener("pointerover", (event) => {
    const link = event.target.closest(NOTED);
    if (link) return show(link);
    clearTimeout(leaving);
    const kept = note.contains(event.target) || owner === document.activeElement;
    if (!kept) leaving = setTimeout(leave, PATIENCE);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(`${NOTED}:focus-visible`)) show(event.target);
  });
  document.addEventListener("focusout", leave);
  document.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    dismissed = owner;
    hide();
  });

  [note.id, note.hidden] = ["trace", true];
  note.setAttribute("role", "tooltip");
  main.append(note);
  document.documentElement.classList.add("scripted");
})();
