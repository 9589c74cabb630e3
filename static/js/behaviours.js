// What is seasoned, by its data attribute: one behaviour a module. The server sends them all as one file (app/web/joined.py).
import * as across from "./across.js";
import * as bookmark from "./bookmark.js";
import * as busy from "./busy.js";
import * as copy from "./copy.js";
import * as drop from "./drop.js";
import * as importing from "./importing.js";
import * as keys from "./keys.js";
import * as linked from "./linked.js";
import * as live from "./live.js";
import * as margin from "./margin.js";
import * as popover from "./popover.js";
import * as printing from "./printing.js";
import * as progress from "./progress.js";
import * as review from "./review.js";
import * as rows from "./rows.js";

const behaviours = {
  "[data-live]": live,
  "[data-keys]": keys,
  "[data-copy], [data-copy-text]": copy,
  "[data-busy]": busy,
  "[data-import]": importing,
  "[data-bookmark]": bookmark,
  "[data-drop]": drop,
  "[data-review]": review,
  "[data-margin]": margin,
  "[data-rows]": rows,
  "[data-popover]": popover,
  "[data-across]": across,
  "[data-linked]": linked,
  "[data-print]": printing,
  "[data-progress]": progress,
};

// Starts what is found inside `root`: the page at first, later what a behaviour has put into it.
export function season(root) {
  for (const [found, { start }] of Object.entries(behaviours)) {
    const elements = root.querySelectorAll(found);
    if (elements.length) start(elements);
  }
}
