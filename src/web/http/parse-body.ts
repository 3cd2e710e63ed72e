import {
  BadRequestException,
  PayloadTooLargeException,
  type RawBodyRequest,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { parse as parseForm } from 'node:querystring';
import { sendsJson } from './wants-json.js';

const FORM = 'application/x-www-form-urlencoded';
const MAX_FIELDS = 100;
/** Chosen images come one a field, so that they need no script; the size of the body limits them. */
const UNCOUNTED = 'image=';

/** Middleware that parses a received form or UTF-8 JSON into `body`; other types stay unparsed. */
export function parseBody(): RequestHandler {
  return (request: RawBodyRequest<Request>, _response: Response, next: NextFunction): void => {
    const { rawBody } = request;
    const isJson = sendsJson(request);
    if (rawBody === undefined || (!isJson && !request.is(FORM))) return next();
    if (!isPlainUtf8(request)) return next(new UnsupportedMediaTypeException());
    const text = new TextDecoder().decode(rawBody);
    try {
      request.body = isJson ? jsonIn(text) : fieldsIn(text);
    } catch (error) {
      return next(error);
    }
    next();
  };
}

function isPlainUtf8({ headers }: Request): boolean {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '') ?? [];
  const encoding = headers['content-encoding'] ?? 'identity';
  return /^utf-?8$/i.test(charset) && encoding.toLowerCase() === 'identity';
}

function jsonIn(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadRequestException('This is no JSON.', { cause: error });
  }
}

function fieldsIn(text: string): object {
  const counted = text.split('&').filter((field) => !field.startsWith(UNCOUNTED));
  if (counted.length > MAX_FIELDS) throw new PayloadTooLargeException();
  return parseForm(text, '&', '=', { maxKeys: 0 });
}
