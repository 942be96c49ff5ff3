// The page without YASGUI: an area to write in, the saved queries, a table, a chart, CSV.

import { ask, drawChart, drawTable, labelsOf, prepare, rowsOf, saveCsv } from "./results.js";

const $ = (id) => document.getElementById(id);
const { prefixes, queries } = await prepare($("saved"), $("limits"));
const views = { table: drawTable, chart: drawChart };
let view = "table";
let shown; // the result, its query and labels
let running;

const tell = (text, bad = false) => {
  $("status").textContent = text;
  $("status").className = bad ? "bad" : "";
};

const choose = () => {
  $("query").value = queries.get($("saved").value)?.text ?? "";
};

function draw() {
  for (const name of Object.keys(views)) $(name).setAttribute("aria-pressed", name === view);
  if (shown) views[view]($("result"), shown.result, { labels: shown.labels, prefixes });
}

function clear() {
  shown = undefined;
  $("result").replaceChildren();
  for (const id of ["table", "chart", "csv", "excel"]) $(id).disabled = true;
}

async function show(query, response) {
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("sparql-results+json")) {
    const text = document.createElement("pre");
    text.textContent = await response.text();
    $("result").replaceChildren(text);
    return "";
  }
  const told = await response.json();
  if ("boolean" in told) return told.boolean ? "true 是" : "false 否";
  const result = rowsOf({ vars: told.head.vars, bindings: told.results.bindings });
  shown = { query, result, labels: await labelsOf(result.rows) };
  for (const id of ["table", "chart", "csv", "excel"]) $(id).disabled = false;
  draw();
  return `${result.rows.length} 行`;
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const query = $("query").value;
  const begun = performance.now();
  clear();
  tell("…");
  $("stop").disabled = false;
  try {
    const accept = "application/sparql-results+json, text/turtle;q=0.9";
    const said = await show(query, await ask(query, { accept, signal: mine.signal }));
    tell(`${said}  ${((performance.now() - begun) / 1000).toFixed(2)} s`);
  } catch (error) {
    if (mine === running) tell(error.name === "AbortError" ? "已停止" : error.message, true);
  }
  if (mine === running) $("stop").disabled = true;
}

async function save(excel) {
  try {
    await saveCsv(shown.query, { name: $("saved").value, excel });
  } catch (error) {
    tell(error.message, true);
  }
}

$("saved").addEventListener("change", choose);
$("run").addEventListener("click", run);
$("stop").addEventListener("click", () => running?.abort());
$("csv").addEventListener("click", () => save(false));
$("excel").addEventListener("click", () => save(true));
for (const name of Object.keys(views)) {
  $(name).addEventListener("click", () => {
    view = name;
    draw();
  });
}
$("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
choose();
document.body.dataset.ready = "true";
