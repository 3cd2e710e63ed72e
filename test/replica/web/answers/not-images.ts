import sharp from 'sharp';
import { send } from '../../exchange.ts';
import { pixelBomb } from '../../pictures/pixel-bomb.ts';
import type { Answering } from '../image-site.ts';

const TINY_PX = 24;

const html: Answering = ({ exchange }) =>
  send(exchange, {
    type: 'image/jpeg',
    body: '<!doctype html><title>Not found</title><p>This picture has moved. Please log in.</p>',
  });

const text: Answering = ({ exchange }) =>
  send(exchange, { type: 'text/plain', body: 'Hotlinking is not allowed on this site.\n' });

const svg: Answering = ({ exchange }) =>
  send(exchange, {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><script>alert(1)</script><rect width="600" height="400" fill="teal"/></svg>',
  });

const tiny: Answering = async ({ exchange, file }) =>
  send(exchange, {
    type: 'image/png',
    body: await sharp(await file())
      .resize(TINY_PX, TINY_PX, { fit: 'fill' })
      .png()
      .toBuffer(),
  });

const bomb: Answering = ({ exchange }) => send(exchange, { type: 'image/png', body: pixelBomb() });

/** Answers that are no pictures, or unwanted ones. */
export const notImageAnswers = { html, text, svg, tiny, bomb } as const satisfies Record<string, Answering>;
