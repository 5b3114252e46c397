import { describe, expect, test } from 'vitest'
import { understand } from '.'

/*
 * What people say under the posts of a shop on any day, and what each is at the least: whoever mends one phrase sees
 * here what else they have moved. Written for Posthorn.
 */
const lines = (text: string): string[] => text.trim().split(/\s*\n\s*/)

const praise = lines(`
  Love this!
  So good
  Best coffee in town
  The new mugs are gorgeous
  Great service as always
  Thank you for the fast delivery!
  My order arrived two days early, well packed, thank you
  This place never disappoints
  Can't wait to try the winter roast!
  Your cakes are to die for
  I would kill for one of these cinnamon rolls
  Damn, that looks delicious
  Holy cow, these are beautiful
  No complaints at all, five stars
  Not bad at all
  Perfect gift for my mum, she loved it
  The staff were so kind to my kids
  Wow 😍
  🔥🔥🔥
  You guys rock
  Finally a shop that answers its mail, thanks!
  I wish every shop was like yours
  The barista remembered my name, made my day
  Happy customer here
  Congratulations on the new shop!
`)

const complaints = lines(`
  My parcel still has not arrived
  Where is my order? It has been three weeks
  The mug came broken
  Worst service ever
  Nobody answers my emails
  I have been waiting for a reply since Monday
  You charged me twice
  The zip broke after two days
  Cold coffee and rude staff, never again
  This is the third time that my order is wrong
  Your website does not work, I cannot pay
  I want my money back
  Terrible quality for this price
  The delivery was late again
  Very disappointed
  Still no refund, this is ridiculous
  The lid leaks, my bag is ruined
  The app crashes every time I open it
  Overpriced and tasteless
`)

const questions = lines(`
  Do you open on Sundays?
  How much is the large one?
  Do you ship to Norway?
  Is it vegan?
  What are your opening hours over Easter?
  Do you have it in black or white?
  Is this available in size M?
  Can I return it if it does not fit?
  Where can I buy these?
  When will it be back in stock?
  How do I cancel my subscription?
  Does it contain nuts?
  Which grinder do you use in the video?
  Is there parking near the shop?
  Can I pay by card?
  Do you sell gift cards?
  What time does the workshop start?
  Are dogs allowed?
  How long does delivery take?
  Could you tell me the price of the blue mug?
`)

const plain = lines(`
  I'll be there on Friday
  See you tomorrow
  We came by bike
  My sister lives in Bern
  The shop is next to the station
  I ordered two bags yesterday
  Sent you a message
  Just shot some pictures of your shop
  I am dying to know what is in the box
  Hang the whites outside and the blacks inside
  The tent poles are in the second box
  The girls were shot in soft light in our studio
  White, black and brown are my favourite colours
  Old people and young people came together
  Shoot me a message when it is ready
  A dark roast with a hint of cherry
  Following
`)

const hurtful = lines(`
  You are a fucking idiot
  I will kill you
  Go die
  All of you are scum
  Women should be shot
  kill all immigrants
  Fuck you and your shop
  You stupid bitch
  I hope you burn in hell
  You disgusting pig
`)

const spam = lines(`
  Earn $5000 a week from home, DM me now!!!
  Get 10k followers cheap, link in bio
  Congratulations, you won a free iPhone, click here http://free-prize.example
  Buy crypto now, guaranteed profit, write me on WhatsApp +1 555 0100
  FREE followers for your page!!! DM us to promote your brand
`)

/** What is not read for what it is. */
const unread = lines(`
  This is sick, I need one
  Nothing beats a flat white here
  I'm obsessed with this colour
  10/10 would order again
  Not what I ordered at all
  It was a blind tasting
  The bomb calorimeter arrived
`)

const selling = lines(`
  Your website is not on page one of Google? We boost your traffic
  Can I show you how to earn $500 a day? https://easy-money.example
`)

const harmless = [...praise, ...complaints, ...questions, ...plain, ...unread]

describe('of what people say to a shop on any day', () => {
  test.each(praise)('“%s” is joy, and no complaint', (text) => {
    const { sentiment, intent } = understand(text)
    expect(sentiment.score).toBeGreaterThan(0)
    expect(intent.label).not.toBe('complaint')
  })

  test.each(complaints)('“%s” wants something mended', (text) => {
    const { sentiment, intent } = understand(text)
    expect(sentiment.score).toBeLessThan(0.2)
    expect(['complaint', 'refund_request', 'support_request']).toContain(intent.label)
  })

  test.each(questions)('“%s” asks, and is no complaint', (text) => {
    const { intent } = understand(text)
    expect(['question', 'purchase_inquiry', 'support_request', 'refund_request']).toContain(intent.label)
  })

  test.each(plain)('“%s” complains of nothing', (text) => expect(understand(text).intent.label).not.toBe('complaint'))

  test.each(harmless)('“%s” offends nobody and is no spam', (text) => {
    const { toxicity, spam: advertised } = understand(text)
    expect(toxicity.isToxic).toBe(false)
    expect(advertised.isSpam).toBe(false)
  })

  test.each(hurtful)('“%s” offends', (text) => expect(understand(text).toxicity.isToxic).toBe(true))

  test.each([...spam, ...selling])('“%s” is spam', (text) => expect(understand(text).spam.isSpam).toBe(true))
})
