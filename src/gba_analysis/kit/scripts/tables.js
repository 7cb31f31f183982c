// Long tables can be searched and sorted, and a region that needs no scrolling is no stop for the keyboard. The page is
// complete without this script; its words stand in the page, in the page's language.
// No ampersand and no less-than sign in here: the page can be read as XML.
"use strict";

(function () {
  const LONG_TABLES = "#tbl-register table, #tbl-sources table, #tbl-ledger table";
  const SCALES = { 万亿: 1e12, 亿: 1e8, 万: 1e4, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
  // The first number of a cell; the scale of a range stands after its end.
  const NUMBER = RegExp(`(?:^|[^\\w.])(\\d+(?:\\.\\d+)?)(?:–\\d+(?:\\.\\d+)?)?\\s*(${Object.keys(SCALES).join("|")})?(?!\\w)`);
  const words = document.querySelector("main").dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  }

  function plain(text) {
    return text.normalize("NFKC").replace(/(\d),(?=\d{3})/g, "$1").toLowerCase().trim();
  }

  function numberIn(text) {
    const found = NUMBER.exec(text);
    return found ? Number(found[1]) * (SCALES[found[2]] || 1) : Infinity;
  }

  // By number where most cells of the column hold one, else by text; cells without a number stay last.
  function inOrder(rows, column, sign) {
    const texts = new Map(rows.map((row) => [row, plain(row.cells[column].textContent)]));
    const numbers = new Map(rows.map((row) => [row, numberIn(texts.get(row))]));
    const counted = [...numbers.values()].filter(Number.isFinite).length * 2 > rows.length;
    return [...rows].sort((a, b) => {
      const [left, right] = counted ? [numbers.get(a), numbers.get(b)] : [0, 0];
      if (left === right) return sign * collator.compare(texts.get(a), texts.get(b));
      return (Number.isFinite(left + right) ? sign : 1) * (left - right);
    });
  }

  // One press sorts up, the next down, a third brings the first order back.
  function makeSortable(table, rows) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (before !== "descending") head.setAttribute("aria-sort", before ? "descending" : "ascending");
        table.tBodies[0].append(...(before === "descending" ? rows : inOrder(rows, column, before ? -1 : 1)));
      });
    });
  }

  function makeSearchable(table, rows) {
    const texts = rows.map((row) => plain([...row.cells].map((cell) => cell.textContent).join(" ")));
    const field = make("input", { type: "search", "aria-describedby": table.closest("figure").querySelector("figcaption").id });
    const status = make("span", { role: "status" });
    function search() {
      const asked = plain(field.value).split(/\s+/);
      rows.forEach((row, index) => (row.hidden = !asked.every((word) => texts[index].includes(word))));
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = words.tableShown.replace("{shown}", shown).replace("{all}", rows.length);
    }
    field.addEventListener("input", search);
    table.closest(".scroll").before(make("p", { class: "search" }, make("label", {}, words.tableSearch, field), status));
    search();
    // A link to a hidden row shows all rows again.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const row = link ? document.getElementById(link.hash.slice(1))?.closest("tr[hidden]") : null;
      if (!rows.includes(row)) return;
      field.value = "";
      search();
    });
  }

  for (const table of document.querySelectorAll(LONG_TABLES)) {
    const rows = [...table.tBodies[0].rows];
    makeSortable(table, rows);
    makeSearchable(table, rows);
  }

  const observer = new ResizeObserver((entries) => entries.forEach((entry) => {
    const region = entry.target.closest(".scroll");
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }));
  document.querySelectorAll(".scroll, .scroll > table").forEach((element) => observer.observe(element));
})();
