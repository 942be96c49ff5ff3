// Results of SELECT as a sortable table with labels and as a chart. All text goes in as text.

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long"].map((t) => XSD + t));
const SHOWN = 1000; // rows of a table
const BARS = 50;
const LABELS = `SELECT ?iri ?label (LANG(?label) AS ?language) WHERE {
  VALUES ?iri { $IRIS }
  ?iri skos:prefLabel|(^yz:denotes/yz:name)|dcterms:identifier ?label }`;

export const ENDPOINT = new URL("/sparql", location.href).href;

/** Send a query; the body of the answer as a Response, or an Error that says what is wrong. */
export async function ask(query, { accept, signal } = {}) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal,
  });
  if (response.ok) return response;
  const type = response.headers.get("content-type") ?? "";
  const told = type.includes("json") ? (await response.json()).detail : await response.text();
  throw new Error(`${response.status}: ${told}`);
}

/** Save the result of a query as CSV; *excel* opens it with a byte order mark. */
export async function saveCsv(query, { name = "result", excel = false } = {}) {
  const text = await (await ask(query, { accept: "text/csv" })).text();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([excel ? "\ufeff" : "", text], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The columns and rows of a SPARQL JSON result. */
export function rowsOf({ vars, bindings }) {
  return { vars, rows: bindings.map((row) => vars.map((name) => row[name])) };
}

/** The labels of the IRIs among *rows*, by IRI: in Chinese where there is one. */
export async function labelsOf(rows) {
  const iris = new Set(rows.slice(0, SHOWN).flat().filter((c) => c?.type === "uri").map((c) => c.value));
  const named = [...iris].filter((iri) => /^[a-z][a-z0-9+.-]*:[^<>"{}|^`\\\s]*$/i.test(iri));
  const labels = new Map();
  if (named.length === 0) return labels;
  const query = LABELS.replace("$IRIS", () => named.map((iri) => `<${iri}>`).join(" "));
  const response = await ask(query, { accept: "application/sparql-results+json" });
  const rank = (language) => (language === "zh" ? 0 : language === "" ? 1 : 2);
  for (const { iri, label, language } of (await response.json()).results.bindings) {
    const found = { text: label.value, rank: rank(language.value) };
    if (found.rank < (labels.get(iri.value)?.rank ?? 9)) labels.set(iri.value, found);
  }
  return new Map([...labels].map(([iri, { text }]) => [iri, text]));
}

/** An IRI under the longest prefix that fits. */
export function shortened(iri, prefixes) {
  const fit = Object.entries(prefixes).filter(([, start]) => iri.startsWith(start));
  const [best] = fit.sort((one, other) => other[1].length - one[1].length);
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
}

const isNumber = (cell) => NUMBERS.has(cell?.datatype) && cell.value !== "" && isFinite(cell.value);
const make = (name, properties = {}, children = []) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

/** Draw a table into *place*. A click on a column's name sorts by it, another the other way. */
export function drawTable(place, { vars, rows }, { labels = new Map(), prefixes = {} } = {}) {
  let order = { column: -1, down: false };
  const name = (cell) => labels.get(cell?.value) ?? cell?.value ?? "";
  const compare = (one, other) =>
    isNumber(one) && isNumber(other)
      ? Number(one.value) - Number(other.value)
      : name(one).localeCompare(name(other), "zh");
  const sorted = () => {
    if (order.column < 0) return rows;
    const sign = order.down ? -1 : 1;
    return rows.toSorted((one, other) => sign * compare(one[order.column], other[order.column]));
  };
  const cellOf = (cell) => {
    if (!cell) return make("td");
    if (cell.type !== "uri") {
      return make("td", { className: isNumber(cell) ? "number" : "", textContent: cell.value });
    }
    const short = make("small", { textContent: shortened(cell.value, prefixes), title: cell.value });
    return make("td", {}, labels.has(cell.value) ? [labels.get(cell.value), short] : [short]);
  };
  const draw = () => {
    const heads = vars.map((text, column) => {
      const mark = order.column === column ? (order.down ? " ▼" : " ▲") : "";
      const button = make("button", { textContent: text + mark });
      button.addEventListener("click", () => {
        order = { column, down: order.column === column && !order.down };
        draw();
      });
      return make("th", {}, [button]);
    });
    const lines = sorted().slice(0, SHOWN).map((row) => make("tr", {}, row.map(cellOf)));
    const more = rows.length > SHOWN ? `，此处为前 ${SHOWN} 行，CSV 含全部` : "";
    place.replaceChildren(
      make("div", { className: "results" }, [
        make("table", {}, [
          make("thead", {}, [make("tr", {}, heads)]),
          make("tbody", {}, lines),
        ]),
        make("p", { className: "note", textContent: `${rows.length} 行${more}` }),
      ]),
    );
  };
  draw();
}

/** The columns that a chart may take its lengths and its names from. */
export function chartColumns({ vars, rows }) {
  const numeric = vars.map((_, n) => rows.some((row) => isNumber(row[n])));
  const lengths = vars.flatMap((_, n) => (numeric[n] ? [n] : []));
  const called = vars.findIndex((name, n) => !numeric[n] && /name|label|entity/i.test(name));
  const first = numeric.indexOf(false);
  return { lengths, names: called >= 0 ? called : first };
}

/** Draw bars into *place*: a row each, as long as the number in the column chosen. */
export function drawChart(place, result, { labels = new Map() } = {}) {
  const { lengths, names } = chartColumns(result);
  if (lengths.length === 0) {
    place.replaceChildren(make("p", { className: "note", textContent: "没有数字列可作图" }));
    return;
  }
  const options = (chosen, columns) =>
    columns.map((n) => make("option", { value: n, textContent: result.vars[n], selected: n === chosen }));
  const length = make("select", {}, options(lengths[0], lengths));
  const label = make("select", {}, options(names, [...result.vars.keys()]));
  const picture = make("div");
  const draw = () => picture.replaceChildren(bars(result, Number(label.value), Number(length.value), labels));
  for (const chooser of [length, label]) chooser.addEventListener("change", draw);
  const count = Math.min(result.rows.length, BARS);
  const note = `前 ${count} 行，共 ${result.rows.length} 行`;
  place.replaceChildren(
    make("div", { className: "results" }, [
      make("p", {}, ["数值 ", length, "　名称 ", label, "　", make("span", { className: "note", textContent: note })]),
      picture,
    ]),
  );
  draw();
}

function bars({ rows }, names, lengths, labels) {
  const shown = rows.filter((row) => isNumber(row[lengths])).slice(0, BARS);
  const values = shown.map((row) => Number(row[lengths].value));
  const low = Math.min(0, ...values);
  const span = Math.max(0, ...values) - low || 1;
  const [left, width, line] = [240, 520, 22];
  const at = (value) => left + ((value - low) / span) * width;
  const svg = draw("svg", { class: "chart", width: left + width + 140, height: shown.length * line + 8, role: "img" });
  shown.forEach((row, n) => {
    const [cell, value] = [row[names], values[n]];
    const text = labels.get(cell?.value) ?? cell?.value ?? "";
    const start = Math.min(at(0), at(value));
    const title = draw("title", {}, `${text}: ${row[lengths].value}`);
    svg.append(
      draw("text", { x: left - 8, y: n * line + 16, "text-anchor": "end" }, clipped(text)),
      draw("rect", { class: value < 0 ? "down" : "up", x: start, y: n * line + 4,
        width: Math.max(1, Math.abs(at(value) - at(0))), height: line - 7 }, "", [title]),
      draw("text", { x: Math.max(at(0), at(value)) + 6, y: n * line + 16 }, row[lengths].value),
    );
  });
  svg.append(draw("line", { class: "axis", x1: at(0), x2: at(0), y1: 0, y2: shown.length * line + 4 }));
  return svg;
}

function draw(name, attributes, text = "", children = []) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  node.append(...children);
  return node;
}

function clipped(text) {
  const signs = [...text];
  return signs.length > 16 ? signs.slice(0, 15).join("") + "…" : text;
}

/** What the page is told of this knowledge base; the menu of saved queries is filled from it. */
export async function prepare(menu, limits) {
  const [settings, prefixes] = await Promise.all(
    ["settings", "prefixes"].map(async (name) => (await fetch(`/sparql/${name}.json`)).json()),
  );
  const { seconds, rows } = settings.limits;
  limits.textContent = `只读，每次查询不超过 ${seconds} 秒、${rows.toLocaleString("zh")} 行`;
  menu.append(
    ...settings.queries.map(({ name, zh, en }) =>
      make("option", { value: name, textContent: zh, title: en })),
  );
  const byName = new Map(settings.queries.map((query) => [query.name, query]));
  return { prefixes, queries: byName };
}
