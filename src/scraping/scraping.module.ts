import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { BROWSER_DEFAULTS } from './browser/browser-options.js';
import { Browser } from './browser/browser.port.js';
import { LocalChromeBrowser } from './browser/local-chrome.browser.js';
import type { ImageSource } from './image-source.port.js';
import { IMAGE_SOURCE_CLASSES, IMAGE_SOURCES } from './image-sources.js';

/** Gives the engines and the browser they search with. */
@Module({
  providers: [
    {
      provide: Browser,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ browserPath, driverPath }: Settings) =>
        new LocalChromeBrowser({ ...BROWSER_DEFAULTS, browserPath, driverPath }),
    },
    ...IMAGE_SOURCE_CLASSES,
    {
      provide: IMAGE_SOURCES,
      inject: [...IMAGE_SOURCE_CLASSES],
      useFactory: (...sources: ImageSource[]): readonly ImageSource[] => sources,
    },
  ],
  exports: [Browser, IMAGE_SOURCES],
})
export class ScrapingModule {}
