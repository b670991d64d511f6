// One stream for all tabs of this browser (a SharedWorker): it resumes where it was cut off, and says since when it is.
import { Stream } from "./stream.js";

const ports = new Map(); // port → the kinds it wants
const stream = new Stream((told) => {
  for (const port of ports.keys()) port.postMessage(told);
  if (told.again) ports.clear(); // those that are still there ask again
});

onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.bye) ports.delete(port);
    else {
      ports.set(port, data.kinds);
      port.postMessage({ connection: stream.connection });
      if (stream.last.status) port.postMessage({ frame: stream.last });
    }
    stream.want(new Set([...ports.values()].flat()));
  };
  port.start();
};
