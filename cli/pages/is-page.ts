/** Whether an argument names a page: a lab's id has no dot. */
export const isPage = (arg: string): boolean => /\.(md|mdx|markdown|txt)$/i.test(arg)
