// @ts-check
/**
 * Preloaded into a process of the service (`node --import`): at each SIGUSR2 it collects garbage and writes
 * `inspection.json` into its working folder: `{heapBytes, routes: [{method, path}]}`, the routes as Express has
 * them.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Server } from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** @typedef {{ route?: { path: string, methods: Record<string, boolean> }, handle?: { stack?: Layer[] } }} Layer */

const FILE = join(process.cwd(), 'inspection.json');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** @type {Set<Server>} */
const servers = new Set();
const { listen } = Server.prototype;
Server.prototype.listen = function noteAndListen(/** @type {any[]} */ ...args) {
  servers.add(this);
  return listen.apply(this, /** @type {any} */ (args));
};

process.on('SIGUSR2', () => {
  collectGarbage();
  const { heapUsed: heapBytes } = process.memoryUsage();
  writeFileSync(`${FILE}.part`, JSON.stringify({ heapBytes, routes: [...servers].flatMap(routesOfServer) }));
  renameSync(`${FILE}.part`, FILE);
});

/** @param {Server} server */
function routesOfServer(server) {
  return server.listeners('request').flatMap((app) => routesOf(Reflect.get(app, 'router')?.stack ?? []));
}

/**
 * @param {Layer[]} stack
 * @returns {{ method: string, path: string }[]}
 */
function routesOf(stack) {
  return stack.flatMap(({ route, handle }) =>
    route === undefined
      ? routesOf(handle?.stack ?? [])
      : Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path })),
  );
}
