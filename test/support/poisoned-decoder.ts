/** The real decoder, except for some file names that make it misbehave. */
const misdeeds: Readonly<Record<string, (id: number) => void>> = {
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  hang: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  babble: () => process.send?.({ kind: 'decoded', id: 'no number', width: -1 }),
  pid: (id) => process.send?.({ kind: 'refused', id, message: `pid ${process.pid}` }),
  environment: (id) => process.send?.({ kind: 'refused', id, message: Object.keys(process.env).join(' ') }),
};

process.on('message', ({ id, path = '' }: { readonly id: number; readonly path?: string }) => {
  misdeeds[path.replace(/^.*\/(\w+)\.poison$/, '$1')]?.(id);
});

await import('../../src/imaging/children/decode-child.ts');
