import { redirect } from '../../exchange.ts';
import type { Answering, Scene } from '../image-site.ts';
import { sendFile } from './good.ts';

/** Redirects until `hops` redirects have been followed, then serves the file. */
const after =
  (hops: number, base: (scene: Scene) => string): Answering =>
  (scene) => {
    const { url } = scene.exchange;
    const followed = Number(url.searchParams.get('hop') ?? 0);
    if (followed >= hops) return sendFile(scene);
    const next = new URL(url.pathname, base(scene));
    next.searchParams.set('hop', String(followed + 1));
    return redirect(scene.exchange, next.href);
  };

const here = ({ exchange }: Scene): string => exchange.url.origin;

const elsewhere = ({ exchange, origins, entry }: Scene): string => {
  const others = origins.filter((origin) => origin !== exchange.url.origin);
  return others[entry.index % Math.max(1, others.length)] ?? exchange.url.origin;
};

const loop: Answering = ({ exchange }) => {
  const turn = exchange.url.searchParams.get('turn') === '1' ? '2' : '1';
  redirect(exchange, `${exchange.url.pathname}?turn=${turn}`);
};

/** The replica watches the first address: it counts every visitor. */
const toPrivate: Answering = ({ exchange, entry, canaryUrl }) => {
  const places = [canaryUrl, 'http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/a.jpg'];
  redirect(exchange, places[entry.index % places.length] ?? canaryUrl);
};

/** Answers that redirect the client. */
export const redirectAnswers = {
  'redirect-once': after(1, here),
  'redirect-thrice': after(3, here),
  'redirect-cross-host': after(1, elsewhere),
  'redirect-loop': loop,
  'redirect-private': toPrivate,
} as const satisfies Record<string, Answering>;
