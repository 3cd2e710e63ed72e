import { understoodReply } from '../../../bots/replies.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { sampleJob } from '../../support/sample-jobs.js';

const own = { job: newJob(sampleJob('asked', Date.UTC(2027, 4, 1))), page: 'https://pics.example/jobs/x' };
const NOTHING = { isFirstOfTwo: false, asksToConfirm: false, lacksMailServer: false };

describe('what was understood', () => {
  it('says that an e-mail address is asked first, where it is', () => {
    const said = (asides: typeof NOTHING) => JSON.stringify(understoodReply(own, asides).lines);
    expect(said({ ...NOTHING, asksToConfirm: true })).toContain('a first mail asks for it');
    expect(said(NOTHING)).not.toContain('first mail');
  });

  it('says that the first of two such times is meant', () => {
    const { lines } = understoodReply(own, { ...NOTHING, isFirstOfTwo: true });
    expect(JSON.stringify(lines)).toContain('the first of the two is meant');
  });
});
