/** Features that would talk to servers nobody asked for, or draw over the page. */
const FEATURES_OFF = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'Translate',
];

/**
 * The command line of Chrome: headless and honest about it, in a throw-away profile, without QUIC, background
 * traffic, images or fonts. The sandbox stays on.
 * @param profile folder of the throw-away profile
 * @param extra arguments beside them
 */
export function chromeArguments(profile: string, extra: readonly string[]): string[] {
  return [
    '--headless=new',
    `--user-data-dir=${profile}`,
    '--window-size=1600,1200',
    '--screen-info={1600x1200}',
    '--lang=en-US',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    '--no-pings',
    '--mute-audio',
    '--autoplay-policy=user-gesture-required',
    '--password-store=basic',
    '--disable-remote-fonts',
    '--blink-settings=imagesEnabled=false',
    `--disable-features=${FEATURES_OFF.join(',')}`,
    ...extra,
  ];
}

/**
 * Sends everything through a proxy: loopback too, which Chrome leaves out unless told, and nothing past it by UDP.
 * @param address `host:port`
 */
export function proxyArguments(address: string): string[] {
  return [
    `--proxy-server=http://${address}`,
    '--proxy-bypass-list=<-loopback>',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  ];
}

/** Preferences of the profile: no downloads, no guesses about what might be opened next, no permissions. */
export const CHROME_PREFERENCES = {
  download_restrictions: 3,
  'net.network_prediction_options': 2,
  'profile.default_content_setting_values': { geolocation: 2, media_stream: 2, notifications: 2 },
  'search.suggest_enabled': false,
};

/** Addresses of media and fonts; Chrome has no switch that keeps media away. */
export const BLOCKED_URLS = [
  'mp4',
  'webm',
  'm4v',
  'mov',
  'm3u8',
  'mpd',
  'mp3',
  'm4a',
  'ogg',
  'wav',
  'woff',
  'woff2',
  'ttf',
  'otf',
].flatMap((extension) => [`*.${extension}`, `*.${extension}?*`]);
