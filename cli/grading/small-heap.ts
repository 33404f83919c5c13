import { setFlagsFromString } from 'node:v8'

/**
 * From here on the heap grows by a quarter between two collections. V8 lets one of a few megabytes grow to four times that and more where the
 * machine has room; of a class of thousands nothing is kept, so that would be garbage.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=25')
