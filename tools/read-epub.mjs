// Opens a book in an EPUB reader library (epub.js) in headless Chromium and goes wherever its
// contents and its page list lead: node read-epub.mjs MODULES CHROMIUM BOOK
// Prints one line for each place that is wrong, and the numbers of places; exit 1 if any was.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, chromium, book] = process.argv.slice(2);
const require = createRequire(join(modules, "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const library = (path) => readFileSync(join(modules, "node_modules", path), "utf8");

// Runs in the browser. A phone's screen, pages side by side, as reading systems show them.
async function follow(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const book = ePub(bytes.buffer);
  await book.ready;
  const rendition = book.renderTo("reader", { width: 360, height: 640, flow: "paginated" });
  await rendition.display();
  const plain = (text) => text.replace(/\s+/g, "");
  const faults = [];

  // The document now shown, as [file, document, frame].
  const shown = () => {
    const contents = rendition.getContents()[0];
    const file = book.spine.get(contents.sectionIndex).href;
    return [file, contents.document, contents.window.frameElement];
  };

  const entries = [];
  const flatten = (items, depth) => items.forEach((item) => {
    entries.push([item.href, item.label.trim(), depth]);
    flatten(item.subitems || [], depth + 1);
  });
  flatten(book.navigation.toc, 1);
  for (const [href, label] of entries) {
    await rendition.display(href);
    const [file, document] = shown();
    const heading = document.querySelector("h1");
    if (file !== href) faults.push(`contents: ${label} (${href}) shows ${file}`);
    else if (file !== "title.xhtml" && !(heading && plain(heading.textContent) === plain(label))) {
      faults.push(`contents: ${label} has the heading ${heading && heading.textContent}`);
    }
  }

  const nav = new DOMParser().parseFromString(
    await book.archive.getText("/EPUB/nav.xhtml"), "application/xhtml+xml");
  const lists = [...nav.getElementsByTagName("nav")];
  const pageList = lists.find((one) =>
    one.getAttributeNS("http://www.idpf.org/2007/ops", "type") === "page-list");
  const links = pageList ? [...pageList.getElementsByTagName("a")] : [];
  for (const link of links) {
    const href = link.getAttribute("href");
    const [target, id] = href.split("#");
    await rendition.display(href);
    const [file, document, frame] = shown();
    const marker = document.getElementById(id);
    if (file !== target || !marker) { faults.push(`page ${link.textContent}: ${href} not shown`); continue; }
    if (marker.getAttribute("aria-label") !== link.textContent) faults.push(`page ${href}: label`);
    // The marker must stand on the screen that is turned up.
    const screen = window.document.getElementById("reader").getBoundingClientRect();
    const left = frame.getBoundingClientRect().left + marker.getBoundingClientRect().left;
    if (left < screen.left - 1 || left > screen.right + 1) {
      faults.push(`page ${link.textContent}: marker at ${Math.round(left)}, not on screen`);
    }
  }
  return { faults, entries: entries.length, pages: links.length };
}

const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 360, height: 640 });
  await page.setContent('<!DOCTYPE html><body style="margin:0"><div id="reader"></div></body>');
  await page.addScriptTag({ content: library("jszip/dist/jszip.min.js") });
  await page.addScriptTag({ content: library("epubjs/dist/epub.min.js") });
  const result = await page.evaluate(follow, readFileSync(book).toString("base64"));
  result.faults.forEach((fault) => console.log(fault));
  console.log(`${result.entries} entries of the contents, ${result.pages} of the page list`);
  process.exitCode = result.faults.length || !result.entries ? 1 : 0;
} finally {
  await browser.close();
}
