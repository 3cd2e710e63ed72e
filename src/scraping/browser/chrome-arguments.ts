/** Chrome itself refuses this port, so that requests to it never leave Chrome. */
const NOWHERE = 'http://127.0.0.1:1';

/**
 * Services Chrome contacts by itself and no other switch turns off: accounts and updates of its components.
 */
const SERVICES_NOWHERE = [
  `--gaia-url=${NOWHERE}`,
  `--google-apis-url=${NOWHERE}`,
  `--component-updater=url-source=${NOWHERE}/`,
];

/** Features that contact unwanted servers or draw over the page. */
const FEATURES_OFF = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'Translate',
];

/**
 * The command line of Chrome: headless and honest about it, in a throw-away profile, without QUIC, background
 * traffic, images or fonts. The sandbox stays on.
 * @param profile folder of the throw-away profile
 * @param extra additional arguments
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
    ...SERVICES_NOWHERE,
    `--disable-features=${FEATURES_OFF.join(',')}`,
    ...extra,
  ];
}

/**
 * Sends all traffic through a proxy, including loopback, which Chrome exempts by default, and nothing by UDP.
 * The proxy resolves names instead of Chrome.
 * @param address `host:port`
 */
export function proxyArguments(address: string): string[] {
  const host = address.replace(/:\d+$/, '');
  return [
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${host}`,
    `--proxy-server=http://${address}`,
    '--proxy-bypass-list=<-loopback>',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  ];
}

/**
 * Preferences of the profile: an empty start page, since the page of new tabs is on the web; no downloads, no
 * prefetching, no permissions, no dictionaries; no requests about the safety of a page or the reason of a
 * failure.
 */
export const CHROME_PREFERENCES = {
  'alternate_error_pages.enabled': false,
  'browser.enable_spellchecking': false,
  download_restrictions: 3,
  'net.network_prediction_options': 2,
  'profile.default_content_setting_values': { geolocation: 2, media_stream: 2, notifications: 2 },
  'safebrowsing.enabled': false,
  'search.suggest_enabled': false,
  'session.restore_on_startup': 4,
  'session.startup_urls': ['about:blank'],
};

/** Addresses of media and fonts; Chrome has no switch against media. */
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
