// Prints {package: version} of the packages that are named.
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const versions = process.argv.slice(2).map((name) => [name, require(`./node_modules/${name}/package.json`).version]);
console.log(JSON.stringify(Object.fromEntries(versions)));
