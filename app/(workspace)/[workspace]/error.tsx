'use client'

// Within the frame, so that the rest of the workspace stays at hand.
export { default } from '@/app/error'
