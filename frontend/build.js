// Builds everything the browser gets from us into the package's static folder. Nothing is fetched
// from another host at run time, so what is not built here does not exist.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/guyub/interfaces/web/frame/static/dist");
const draft = `${target}.new`;
const modules = join(here, "node_modules");
const require = createRequire(import.meta.url);

rmSync(draft, { recursive: true, force: true });
mkdirSync(draft, { recursive: true });

styles();
icons(JSON.parse(readFileSync(join(here, "icons.json"), "utf8")));
cpSync(join(modules, "htmx.org/dist/htmx.min.js"), join(draft, "htmx.min.js"));

// A running server sees either the old files or the new ones.
rmSync(target, { recursive: true, force: true });
renameSync(draft, target);

function styles() {
  const font = join(modules, "@fontsource-variable/plus-jakarta-sans");
  const output = join(draft, "guyub.css");
  const tailwind = join(modules, "@tailwindcss/cli/dist/index.mjs");
  execFileSync(process.execPath, [tailwind, "-i", "css/guyub.css", "-o", output, "--minify"], {
    cwd: here,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // The font's style sheet names its files beside itself; they are served beside ours.
  const css = readFileSync(output, "utf8");
  const files = [...css.matchAll(/url\(["']?[^"')]*?(plus-jakarta-sans-[\w-]+\.woff2)["']?\)/g)];
  mkdirSync(join(draft, "fonts"));
  for (const [, name] of files) {
    cpSync(join(font, "files", name), join(draft, "fonts", name));
  }
  writeFileSync(
    output,
    css.replace(/url\(["']?[^"')]*?(plus-jakarta-sans-[\w-]+\.woff2)["']?\)/g, "url(fonts/$1)"),
  );
}

function icons(names) {
  const nodes = require("lucide-static/icon-nodes.json");
  const symbols = names.map((name) => {
    if (!nodes[name]) {
      throw new Error(`Lucide has no icon called ${name}`);
    }
    const shapes = nodes[name].map(([tag, attributes]) => `<${tag}${written(attributes)}/>`);
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.join("")}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  writeFileSync(join(draft, "icons.svg"), sprite);
}

function written(attributes) {
  return Object.entries(attributes)
    .filter(([name]) => name !== "key")
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}
