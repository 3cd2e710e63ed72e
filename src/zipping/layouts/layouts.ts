import { queryIndexOf } from '../../jobs/image-record.js';
import type { JobRequest, RequestQuery } from '../../jobs/job.js';
import type { Choice } from '../../jobs/request/request-fields.js';
import { queriesOf, queryName } from '../../jobs/request/request-queries.js';
import type { KeptImage } from '../kept-image.js';
import type { PlaceFacts } from '../manifest-queries.js';
import { classFolders } from './class-folders.js';
import { flatLayout } from './flat-layout.js';
import { foldersLayout } from './folders-layout.js';
import { huggingFaceLayout } from './huggingface-layout.js';
import type { Layout } from './layout.js';
import { type SplitShare, validationOf } from './split.js';
import type { Split } from './splits.js';

/** Every layout by its choice. A new layout is one file, one line here and one in the table of fields. */
export const LAYOUTS: Readonly<Record<Choice<'layout'>, Layout>> = {
  flat: flatLayout,
  folders: foldersLayout,
  huggingface: huggingFaceLayout,
};

/** The place of an image in an archive. */
export interface ImagePlace {
  /** '' for the top, else a path that ends with `/`. */
  readonly folder: string;
  /** For the manifest. */
  readonly facts: PlaceFacts;
}

/** Finds the place of each kept image, as the request asks for it. */
export function placer(kept: readonly KeptImage[], request: JobRequest): (image: KeptImage) => ImagePlace {
  const { layout = 'flat', validation, seed = 0 } = request.output ?? {};
  const queries = queriesOf(request);
  const folders = classFolders(queries.map(queryName));
  const splitOf = splitter(kept, validation === undefined ? null : { percent: validation, seed });
  return (image) => {
    const index = queryIndexOf(image);
    const split = splitOf(image);
    return {
      folder: LAYOUTS[layout].folderOf(folders[index] ?? '', split),
      facts: {
        ...(request.queries === undefined ? {} : queryFacts(queries[index])),
        ...(split === null ? {} : { split }),
      },
    };
  };
}

function queryFacts(query: RequestQuery | undefined): PlaceFacts {
  return query === undefined ? {} : { query: query.text, name: queryName(query) };
}

/** The part of each image; the share is of the images of each query. */
function splitter(kept: readonly KeptImage[], share: SplitShare | null): (image: KeptImage) => Split | null {
  if (share === null) return () => null;
  const groups = Map.groupBy(kept, queryIndexOf).values();
  const forValidation = new Set(
    [...groups].flatMap((images) => [...validationOf(images.map(digestOf), share)]),
  );
  return (image) => (forValidation.has(digestOf(image)) ? 'validation' : 'train');
}

function digestOf({ outcome }: KeptImage): string {
  return outcome.file.sha256;
}
