// Seasoning only: every page works without this.
import { season } from "./behaviours.js";

season(document);
