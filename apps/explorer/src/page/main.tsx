import { render } from "preact";
function Hi(){ return <p>hi</p>; }
const root = document.getElementById("page");
if (root) render(<Hi />, root);
