/** One trial of a follow-up, to be made when its turn comes. */
export type Trial = () => Promise<void>;
