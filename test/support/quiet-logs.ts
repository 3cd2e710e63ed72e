import { Logger } from '@nestjs/common';

// Errors that tests provoke on purpose would bury the relevant lines.
if (process.env['TEST_LOGS'] === undefined) Logger.overrideLogger(false);
