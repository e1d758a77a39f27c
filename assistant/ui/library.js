// The tab of the library.
