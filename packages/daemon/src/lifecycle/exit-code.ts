/** The program did what it was asked, or was stopped in good order. */
export const EXIT_OK = 0;
/** Something failed while it ran. */
export const EXIT_FAILED = 1;
/** The command line or the configuration is wrong; nothing was started. */
export const EXIT_USAGE = 2;
