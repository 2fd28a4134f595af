/** The Remotion release whose policies this project reproduces. */
export const REMOTION_VERSION = "4.0.527";
