// npm run pictures: the README's pictures of the console, made anew from a fleet on a fresh devnet.
// SPDX-License-Identifier: Apache-2.0
import { buildCommand, setUp } from '../steps/prepare.mjs';

export default async function pictures() {
  await setUp();
  await buildCommand();
  const { takePictures } = await import('../pictures/take.mjs');
  return takePictures();
}
