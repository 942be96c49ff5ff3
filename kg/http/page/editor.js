// YASGUI on this endpoint alone, with our table, our chart and the saved queries.

import { ENDPOINT, drawChart, drawTable, labelsOf, prepare, rowsOf, saveCsv } from "./results.js";

const menu = document.getElementById("saved");
const { prefixes, queries } = await prepare(menu, document.getElementById("limits"));
const [first] = queries.values();

const icon = (text) => Object.assign(document.createElement("span"), { textContent: text });

/** A view of results for YASR, which makes one of it for each tab. */
function plugin(label, sign, draw) {
  return class {
    priority = 20;
    label = label;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return Boolean(this.yasr.results?.getVariables()?.length);
    }

    getIcon() {
      return icon(sign);
    }

    async draw() {
      const { results, resultsEl } = this.yasr;
      const result = rowsOf({ vars: results.getVariables(), bindings: results.getBindings() });
      draw(resultsEl, result, { prefixes });
      const labels = await labelsOf(result.rows);
      if (results === this.yasr.results && labels.size) draw(resultsEl, result, { labels, prefixes });
    }

    download(name = "result") {
      return {
        contentType: "text/csv",
        getData: () => this.yasr.results?.asCsv() ?? "",
        filename: `${name}.csv`,
        title: "CSV",
      };
    }
  };
}

const { Yasgui } = window;
Yasgui.Yasr.registerPlugin("labels", plugin("表 Table", "▦", drawTable));
Yasgui.Yasr.registerPlugin("chart", plugin("图 Chart", "▮", drawChart));
const yasgui = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint: ENDPOINT, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint: ENDPOINT }] },
  persistenceId: "yinzheng",
  populateFromUrl: false,
  yasqe: {
    value: first?.text ?? "SELECT * WHERE { ?s ?p ?o } LIMIT 10",
    autocompleters: ["prefixes", "variables"],
    prefixCcApi: "/sparql/prefixes.json",
    createShareableLink: null,
  },
  yasr: {
    prefixes,
    defaultPlugin: "labels",
    pluginOrder: ["labels", "chart", "table", "boolean", "response"],
  },
});

menu.prepend(new Option("打开一个查询 …", ""));
menu.value = "";
menu.addEventListener("change", () => {
  const query = queries.get(menu.value);
  menu.value = "";
  if (!query) return;
  const config = { ...Yasgui.Tab.getDefaults(yasgui), name: query.zh };
  yasgui.addTab(true, { ...config, yasqe: { ...config.yasqe, value: query.text } });
});
window.yasgui = yasgui;
document.body.dataset.ready = "true";
