import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { isFileError } from './file-error.js';
import { ConfigurationError, type Environment } from './parse-settings.js';

/**
 * Reads the lines `NAME=value` of a file in UTF-8, with or without a byte order mark.
 * @returns nothing if there is no such file
 * @throws ConfigurationError if it cannot be read or is not UTF-8
 */
export function readEnvFile(path: string): Environment {
  const bytes = bytesOf(path);
  // UTF-16 has a zero byte in every letter of a name, with or without a mark; UTF-8 has none.
  if (bytes.includes(0) || isMarkedUtf16(bytes))
    throw new ConfigurationError([`${path}: the file is in UTF-16. Save it as UTF-8.`]);
  return parseEnv(new TextDecoder().decode(bytes));
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isFileError(error, 'ENOENT', 'ENOTDIR')) return Buffer.alloc(0);
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`${path}: the file cannot be read (${why}).`]);
  }
}

function isMarkedUtf16(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff';
}
