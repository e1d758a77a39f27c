// The tab of study packs.
