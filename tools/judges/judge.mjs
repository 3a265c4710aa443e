// Reads [name, text] as a line of JSON, again and again, and answers each with a line: the list of what is wrong with it.
import { createInterface } from "node:readline";
import { validate } from "csstree-validator";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const html = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    rules: {
      "require-sri": "off", // everything comes from where the page comes from
      "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
      // What is wrong with a form is told above everything else, the page's own heading included.
      "heading-level": ["error", { minInitialRank: "h2" }],
    },
  }),
);

async function faultsOfPage(name, text) {
  const { results } = await html.validateString(text, name);
  const faults = results.flatMap((result) => result.messages);
  return faults.map((fault) => `${name}:${fault.line}: ${fault.message} (${fault.ruleId})`);
}

function faultsOfStylesheet(name, text) {
  const known = (fault) => !/at-rule descriptor `margin`/.test(fault.message); // @page takes it; the list lacks it
  return validate(text, name).filter(known).map((fault) => `${name}:${fault.line}: ${fault.message}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, text] = JSON.parse(line);
  const faults = name.endsWith(".css") ? faultsOfStylesheet(name, text) : await faultsOfPage(name, text);
  console.log(JSON.stringify(faults));
}
