// VitePress's own theme with the fonts that a machine has: the site loads none.
import theme from "vitepress/theme-without-fonts";
import "./site.css";

export default theme;
