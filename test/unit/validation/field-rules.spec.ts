import { IsInt } from 'class-validator';
import { IsWholeNumber, problemsIn } from '../../../src/validation/field-rules.js';

describe('the rules of fields', () => {
  it('report the first broken rule of each field with its code and facts', () => {
    class Fields {
      @IsWholeNumber('minWidth') readonly minWidth = 0.5;
      @IsWholeNumber('minHeight') readonly minHeight = 600;
    }
    expect(problemsIn(new Fields())).toMatchObject([{ field: 'minWidth', code: 'pixels.not_whole' }]);
  });

  it('fail loudly if a broken rule does not say what is wrong', () => {
    class Fields {
      @IsInt() readonly count = 'many';
    }
    expect(() => problemsIn(new Fields())).toThrow('A rule of count does not say what is wrong');
  });
});
