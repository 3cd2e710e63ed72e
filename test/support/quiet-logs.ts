import { Logger } from '@nestjs/common';

// What a test provokes on purpose would bury the one line that matters.
if (process.env['TEST_LOGS'] === undefined) Logger.overrideLogger(false);
