import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('./terminal.js');
process.exitCode = await main(process.argv.slice(2));
