import { expect, test } from 'vitest'
import { platforms } from '@/lib/platforms'
import { fileProblems, takenFiles, type FileToSend } from './file-rules'

const MB = 1_000_000
const file = (more: Partial<FileToSend> = {}): FileToSend => ({
  name: 'shop.jpg',
  kind: 'image',
  mime: 'image/jpeg',
  sizeBytes: 1 * MB,
  ...more,
})
const film = file({ name: 'shop.mp4', kind: 'video', mime: 'video/mp4' })
const paper = file({ name: 'bill.pdf', kind: 'document', mime: 'application/pdf' })
const takenBy = (name: 'whatsapp' | 'facebook' | 'x' | 'telegram' | 'discord', kind: 'dm' | 'comment') => {
  const { inbox, limits } = platforms[name]
  const media = inbox?.answers[kind]?.media
  return media ? takenFiles(media, limits) : null
}

test('what a network takes with posts holds for answers, unless it says otherwise for them', () => {
  expect(fileProblems('X', [file(), file()], takenBy('x', 'comment'))).toEqual([])
  // WhatsApp takes no posts at all.
  expect(fileProblems('WhatsApp', [file({ sizeBytes: 5 * MB })], takenBy('whatsapp', 'dm'))).toEqual([])
  expect(fileProblems('WhatsApp', [film], takenBy('whatsapp', 'dm'))).toEqual([])
  expect(fileProblems('WhatsApp', [{ ...paper, sizeBytes: 90 * MB }], takenBy('whatsapp', 'dm'))).toEqual([])
})

test('each file that is not taken is named with the reason, before anything is sent', () => {
  expect(fileProblems('X', [file()], takenBy('x', 'dm'))).toEqual(['X takes no files with such an answer.'])
  expect(fileProblems('Facebook', [file(), file()], takenBy('facebook', 'comment'))).toEqual([
    'Facebook takes one file with an answer at most.',
  ])
  expect(fileProblems('Facebook', [film], takenBy('facebook', 'comment'))).toEqual([
    'Facebook takes no video with such an answer: “shop.mp4”.',
  ])
  expect(fileProblems('WhatsApp', [file({ sizeBytes: 6 * MB })], takenBy('whatsapp', 'dm'))).toEqual([
    '“shop.jpg” is larger than WhatsApp takes (5 MB).',
  ])
  expect(fileProblems('WhatsApp', [file({ mime: 'image/webp' })], takenBy('whatsapp', 'dm'))).toEqual([
    'WhatsApp does not take files like “shop.jpg” (image/webp).',
  ])
})

test('documents go with answers where they go with posts, and on Telegram with nothing else', () => {
  expect(fileProblems('Discord', [paper, file()], takenBy('discord', 'comment'))).toEqual([])
  expect(fileProblems('Telegram', [paper, paper], takenBy('telegram', 'comment'))).toEqual([])
  expect(fileProblems('Telegram', [paper, file()], takenBy('telegram', 'comment'))).toEqual([
    'Telegram takes documents, or pictures and videos, not both.',
  ])
  expect(fileProblems('X', [paper], takenBy('x', 'comment'))).toEqual([
    'X takes no document with such an answer: “bill.pdf”.',
  ])
})
