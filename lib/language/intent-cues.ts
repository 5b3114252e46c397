import { listed } from './phrase-list'
import type { IntentName } from './schema'

/** Spam has rules of its own, and "other" is what is left. */
export type CuedIntent = Exclude<IntentName, 'spam' | 'other'>

/** What people say who want something of a company. Written for Posthorn; English. `sure` counts 2, `likely` 1. */
export const intentCues: Readonly<Record<'sure' | 'likely', Readonly<Record<CuedIntent, readonly string[]>>>> = {
  sure: {
    refund_request: listed(`
      refund*, money back, my money, chargeback, charge back, reimburse*, return this, return these, return it, return my, return the,
      return them, send it back, sending it back, want to return, cancel my order, cancel my subscription, cancel the order, charged twice,
      double charged, charged me twice, overcharged, wrongly charged, dispute the charge, give me back, compensation,
      compensate*, credit me, exchange it, returns label, return label`),
    complaint: listed(`
      complain*, unacceptable, terrible service, worst service, awful service, poor service, bad service, shocking service, worst experience,
      terrible experience, awful experience, bad experience, very disappointed, so disappointed, really disappointed,
      extremely disappointed, disappointing, disappointed, disappointed with, disappointed in, fed up, rip off, ripped off, ripoff, waste of money, waste of time,
      never again, never buying, never ordering, never shopping, avoid this, avoid them, still waiting, still no, no one answers, nobody answers, no response,
      no reply, nobody replies, no one replies, ignored, ignoring, shame on, disgrace*, a joke, what a joke, false advertising, misleading,
      misled, lied to, poor quality, bad quality, terrible quality, broke after, fell apart, stopped working after, arrived broken,
      arrived damaged, arrived late, came broken, wrong item, wrong order, wrong size, missing item*, days late, weeks late, hours late, late again,
      cold food, rude staff, so rude, was rude, were rude, very rude, do better, useless, worst company, worst app, worst, horrible, appalling, pathetic, not good enough,
      sort it out, getting worse, false promises, i'm done with, done with you, third time, second time this, every time i, hung up on me`),
    support_request: listed(`
      help me, need help, please help, pls help, can you help, could you help, can someone help, can anyone help, any help, some help, how do i fix,
      how can i fix, how to fix, not working, doesn't work, doesnt work, does not work, isn't working, isnt working, won't work, wont work, stopped working,
      won't load, wont load, won't open, wont open, won't start, won't turn on, wont turn on, not loading, nothing loads, nothing is loading, site down, app down, server down, servers down, keeps crashing, keeps freezing, keeps logging, crashes, crashing,
      error, error code, error message, bug, glitch*, can't log in, cant log in, can't login, cant login, can't access, cant access, cannot access, can't sign in, cant sign in,
      cannot log in, unable to, locked out, reset my password, reset password, password reset, forgot my password, forgot password, my account,
      where is my order, where's my order, wheres my order, where is my package, where's my package, where is my parcel, where's my parcel, where is my delivery,
      track my order, tracking number, tracking says, hasn't arrived, hasnt arrived, has not arrived, haven't received, havent received, have not received,
      never arrived, not received, change my address, change my order, update my, how do i cancel, how do i change, how do i reset, how do i connect, how do i set up, how do i install, set it up,
      can't connect, cant connect, won't connect, wont connect, disconnect*, down again, is down, outage, troubleshoot*, support team,
      speak to someone, talk to someone, speak to a human, contact support, can't find my, cant find my, can't seem to, can't get it to, can't pay, payment failed, card declined, verification code`),
    purchase_inquiry: listed(`
      how much, how much is, how much for, price, prices, pricing, cost, costs, what's the price, where can i buy, where can i get, where do i buy, where to buy, where can we buy,
      where did you get, can i buy, can i order, can i purchase, can i preorder, want to buy, want one, i need this, take my money, like to buy, like to order,
      like to purchase, looking to buy, thinking of buying, thinking about buying, interested in buying, interested in, in stock, back in stock, restock*, out of stock, sold out, available in, still available, is this available, is it available, are these available,
      do you ship, do you deliver, ship to, shipping to, deliver to, shipping cost, discount*, coupon*, promo code, discount code, pre order, preorder*,
      pre-order*, for sale, do you sell, do you have this, do you have it in, do you have these, do you offer, do you accept, payment plan, free trial, quote, wholesale, bulk order, minimum order, which plan,
      student discount, gift card, gift cards, book a demo, a demo, sign up for, subscribe to the, size guide, what sizes, what colours, what colors, come in`),
    question: listed(`
      what is, what's, whats, what are, what time, when is, when are, when will, when do, when does, where is, where are, who is, why is, why are, why do, why does, why did, how do, how does, how is, how are,
      how can, how long, how many, how often, which one, is there, are there, is it, is this, are you, do you, does it, does this, does anyone, can you, can i, can we, could you, will you, will it, will there, would you, should i,
      anyone know, does anybody, question, curious, wondering, i wonder, what about, any idea, any update, any plans, any chance, any news`),
    praise: listed(`
      love this, love it, love your, love you, love these, love the, love that, loving this, loving the, loved it, loved this, loved the, i love, we love, absolutely love, well done, great job, good job, great work, good work, nice work, nice job, keep it up, keep up,
      thank you so much, thanks so much, thank you, thanks for, many thanks, big thanks, shout out, shoutout, kudos, props to, hats off, bravo, congrat*, amazing service, great service, excellent service, fantastic service, best service,
      great experience, amazing experience, best ever, the best, highly recommend, would recommend, recommend*, made my day, so good, so helpful, very helpful, super helpful, was helpful, beautiful, gorgeous, stunning,
      obsessed with, impressed, brilliant, outstanding, awesome, amazing, fantastic, perfect, incredible, superb, excellent, works perfectly, works great, exactly what i needed, lifesaver, game changer, five stars, 😍, 👏, 🙌, 🥰, ❤️, 🔥, 💯`),
    feedback: listed(`
      feedback, suggest*, suggestion*, would be nice, would be great, would be good, would be better, would be cool, would love to see, would love it if, it'd be nice, it'd be great, it would help,
      should add, should have, should be able, should make, should bring back, you should, you guys should, please add, pls add, please bring back, bring back, please consider, please make, please fix, could you add, can you add, can we get, can we have, feature request, feature idea, an idea, idea for, wish you, wish it, wish there, wish the, i wish,
      improve*, improvement*, my only issue, my only complaint, only downside, one thing, constructive, prefer*, old version, old design, new design, new layout, new update, redesign, dark mode, if you could, missing feature, needs a, needs an, needs to be, needs more, could use, option to, the ability to`),
  },
  likely: {
    refund_request: listed(`charged, billed, billing, invoice, unauthori*, subscription, cancel*, returns`),
    complaint: listed(`
      disappoint*, terrible, awful, poor, joke, ridiculous, waste, broken, damaged, faulty, defective, late, delayed, delay*, waiting, wait, rude, scam*, angry,
      furious, frustrat*, annoy*, lost, wrong, bad, sucks, rubbish, garbage, crap, slow, incompetent, liar*, lies, overpriced, unprofessional, disgusting, unhappy, hate, nightmare, shit, filthy, dirty, cold, nobody cares, nobody cared`),
    support_request: listed(`
      help, issue, issues, problem, problems, trouble, fix, stuck, broken, login, log in, password, account, order number, delivery, tracking, update, install*, reset, settings,
      support, app, website, connect*, sync*, freez*, upload*, verify, dm, case number, ticket, how do i, how can i, how to`),
    purchase_inquiry: listed(`
      buy, buying, purchase*, order, available, availability, stock, shipping, ship, deliver, size, sizes, colour, color, colours, colors, store, shop, sale, deal, offer, cheapest, upgrade, plan, plans, model, link to`),
    question: listed(`what, when, where, who, why, how, which, anyone, anybody, know if, tell me`),
    praise: listed(`
      love, loved, great, good, best, nice, cool, happy, thanks, thx, ty, wonderful, lovely, delicious, favourite, favorite, fave, fab, cute, pretty, proud, enjoy*, enjoyed, excited, yay, yum, legend, legends, goat, quick, fast, friendly, helpful, 😊, 😀, 👍, 💕, 💖, 🎉, 😁, 😃, 😄, ❤`),
    feedback: listed(
      `should, could, maybe, instead, option, feature, features, idea, ideas, easier, rather, more, less, better if, hope, hopefully, version`,
    ),
  },
}
